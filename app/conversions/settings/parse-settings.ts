import { z } from "zod";

import { compact } from "../read-json.ts";
import { defaultOf, namesOf, type Setting } from "./setting-kinds.ts";
import { flagsSchema, schemaOf, schemasOf } from "./setting-schemas.ts";
import { DEFAULT_SETTINGS, FILE_SETTINGS, MAPPING_SETTINGS, type ConversionSettings } from "./settings.ts";

const schema = z.strictObject({
  ...schemasOf(MAPPING_SETTINGS, fileSchemaOf),
  ...fileTexts(),
});

function fileTexts() {
  const text = (name: keyof typeof FILE_SETTINGS) =>
    z.string().regex(FILE_SETTINGS[name].pattern, FILE_SETTINGS[name].expected).optional();
  return Object.fromEntries(namesOf(FILE_SETTINGS).map((name) => [name, text(name)])) as Record<
    keyof typeof FILE_SETTINGS,
    ReturnType<typeof text>
  >;
}

/** As everywhere, but a file may name some of several flags: the others have their defaults. */
function fileSchemaOf(setting: Setting): z.ZodType {
  if (setting.kind !== "flags") return schemaOf(setting);
  return flagsSchema(setting)
    .strict()
    .partial()
    .transform((given) => Object.assign({}, defaultOf(setting), compact(given)));
}

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
  return {
    ok: true,
    settings: { ...DEFAULT_SETTINGS, ...compact<Partial<ConversionSettings>>(parsed.data) },
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
