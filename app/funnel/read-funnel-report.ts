import { z } from "zod";

import type { DeclaredEvent } from "../../extensions/contract/events/copies-of.ts";
import { declaredEvent } from "../../extensions/contract/events/copies-of.ts";
import type { EventContent, EventParameters } from "../../extensions/contract/events/event-declaration.ts";
import { MOST_LINES } from "../../extensions/contract/events/read-goods.ts";
import { MOST_EVENTS, VISITOR_KEYS, type KnownVisitor } from "../../extensions/contract/funnel-report.ts";
import type { Outcome } from "../../extensions/contract/fired-report.ts";
import type { ConsentFlags } from "../conversions/model.ts";
import { compact } from "../conversions/read-json.ts";

/**
 * What the pixel posts to /pixel/events, checked and bounded. The request as a whole must be right; an event that is not
 * costs itself alone.
 */
export interface FunnelRequest {
  /** Not verified: anybody may say it. */
  readonly shop: string;
  /** Unix milliseconds by the buyer's clock. */
  readonly sentAt: number;
  readonly consent: ConsentFlags;
  readonly userAgent: string | undefined;
  readonly events: readonly FunnelEventReport[];
  /** Events that were not as the contract has them, and are left out. */
  readonly malformed: number;
}

export interface FunnelEventReport {
  readonly declaration: DeclaredEvent;
  readonly id: string;
  /** Unix milliseconds by the buyer's clock. */
  readonly time: number;
  readonly page: string | undefined;
  readonly outcome: Outcome;
  readonly visitor: FunnelVisitor;
  readonly parameters: EventParameters;
}

export interface FunnelVisitor {
  readonly fbp?: string | undefined;
  readonly fbc?: string | undefined;
  readonly known?: { readonly [Key in keyof KnownVisitor]?: string | undefined } | undefined;
}

/** PostgreSQL has no U+0000 and no half of a surrogate pair; nothing that is shown has control characters. */
const text = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value));
const clockTime = z.number().int().min(0).max(8.64e15);
const amount = z.number().min(0).max(1e12);
const pieces = z.number().int().min(1).max(1e6);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const contentId = text(255);

/** The names of ISO 4217 that this version of Node knows, which are all that are in use. */
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

const parameters = z
  .strictObject({
    value: amount.optional(),
    currency: z
      .string()
      .refine((code) => CURRENCIES.has(code))
      .optional(),
    content_ids: z.array(contentId).min(1).max(MOST_LINES).optional(),
    contents: z
      .array(
        z
          .strictObject({ id: contentId, quantity: pieces, item_price: amount.optional() })
          .transform((content) => compact<EventContent>(content)),
      )
      .min(1)
      .max(MOST_LINES)
      .optional(),
    content_type: z.literal("product").optional(),
    content_name: text(200).optional(),
    content_category: text(200).optional(),
    num_items: z.number().int().min(1).max(1e9).optional(),
    search_string: text(200).optional(),
  })
  .refine(({ value, currency }) => value === undefined || currency !== undefined);

const known = z.strictObject(
  Object.fromEntries(VISITOR_KEYS.map((key) => [key, hash.optional()])) as {
    [Key in (typeof VISITOR_KEYS)[number]]: z.ZodOptional<typeof hash>;
  },
);

const visitor = z.strictObject({
  fbp: text(2048).optional(),
  fbc: text(2048).optional(),
  known: known.optional(),
});

const reportedEvent = z.strictObject({
  name: z.string().max(50),
  id: z.string().regex(/^[\x21-\x7e]{1,100}$/),
  time: clockTime,
  page: text(4096).optional(),
  outcome: z.enum(["sent", "blocked", "failed"]),
  visitor: z.number().int().min(0),
  parameters,
});

const flag = z.boolean().optional();
const report = z.strictObject({
  v: z.literal(1),
  shop: z
    .string()
    .max(255)
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/),
  sentAt: clockTime,
  consent: z.strictObject({ marketing: flag, analytics: flag, preferences: flag, saleOfData: flag }),
  userAgent: z.string().max(2048).optional(),
  visitors: z.array(visitor).max(MOST_EVENTS),
  events: z.array(z.unknown()).min(1).max(MOST_EVENTS),
});

/** @returns undefined where the request is not one of version 1, or none of its events is right */
export function readFunnelReport(value: unknown): FunnelRequest | undefined {
  const read = report.safeParse(value);
  if (!read.success) return undefined;
  const { shop, sentAt, consent, userAgent, visitors, events: given } = read.data;
  const events = given.flatMap((each) => readEvent(each, visitors) ?? []);
  if (events.length === 0) return undefined;
  const malformed = given.length - events.length;
  return { shop, sentAt, consent: compact(consent), userAgent, events, malformed };
}

/** Only what the pixel reports: a Purchase has a way of its own, and comes from nobody but Shopify. */
function readEvent(value: unknown, visitors: readonly FunnelVisitor[]): FunnelEventReport | undefined {
  const read = reportedEvent.safeParse(value);
  if (!read.success) return undefined;
  const { name, visitor: position, parameters: given, ...event } = read.data;
  const declaration = declaredEvent(name);
  const who = visitors[position];
  if (declaration?.from !== "web_pixel" || who === undefined) return undefined;
  return { ...event, page: event.page, declaration, visitor: who, parameters: compact(given) };
}
