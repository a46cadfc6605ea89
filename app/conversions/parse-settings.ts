import { z } from "zod";
import { DEFAULT_SETTINGS } from "./model.ts";
import type { ConversionSettings } from "./model.ts";
import { exclusionRules } from "./order/parse-exclusion-rules.ts";
import { compact } from "./read-json.ts";

const flags = z.strictObject({
  web: z.boolean(),
  pos: z.boolean(),
  draft: z.boolean(),
  subscription: z.boolean(),
  other: z.boolean(),
});

const schema = z.strictObject({
  eventIdRule: z.enum(["order_number", "order_id"]).optional(),
  valueBasis: z.enum(["total", "without_tax", "without_shipping", "subtotal"]).optional(),
  currencySide: z.enum(["shop", "presentment"]).optional(),
  contentId: z.enum(["product", "variant", "sku", "shopify_catalogue"]).optional(),
  sources: flags.partial().optional(),
  consentPolicy: z.enum(["strict", "regional", "merchant"]).optional(),
  exclude: exclusionRules.optional(),
  customerSegmentation: z.boolean().optional(),
  catalogueCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, "an ISO country code such as US")
    .optional(),
});

export type ParsedSettings =
  | { readonly ok: true; readonly settings: ConversionSettings }
  | { readonly ok: false; readonly message: string };

/**
 * Reads any of a store's mapping settings; a missing one has its default. An unknown key or value is an error that
 * names it: a misspelt setting that silently means the default would be found weeks later, in an ad account.
 */
export function parseSettings(value: unknown): ParsedSettings {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return { ok: false, message: parsed.error.issues.map(describe).join("; ") };
  const { sources = {}, ...rest } = parsed.data;
  return {
    ok: true,
    settings: {
      ...DEFAULT_SETTINGS,
      ...compact<Partial<ConversionSettings>>(rest),
      sources: { ...DEFAULT_SETTINGS.sources, ...compact<Partial<ConversionSettings["sources"]>>(sources) },
    },
  };
}

function describe(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `unknown setting ${JSON.stringify([...path, key].join("."))}`).join("; ");
  }
  const name = path.length === 0 ? "settings" : JSON.stringify(path.join("."));
  if (issue.code === "invalid_value") return `${name} must be one of ${issue.values.map(String).join(", ")}`;
  return `${name} must be ${issue.code === "invalid_type" ? issue.expected : issue.message}`;
}
