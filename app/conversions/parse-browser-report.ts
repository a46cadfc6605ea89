import { z } from "zod";
import { sanitisePageUrl } from "./purchase/event-source-url.ts";
import type { BrowserReport } from "./model.ts";

/**
 * What the checkout pixel posts to /pixel/checkout. Strict about what joins it to an order, lenient about the rest:
 * one odd value must not cost the whole report, so it reads as absent.
 */
const text = (maxLength: number) =>
  z.string().trim().min(1).max(maxLength).refine(isStorable).optional().catch(undefined);
/** PostgreSQL has no U+0000 and no half of a surrogate pair; no browser sends either. */
const isStorable = (value: string) => value.isWellFormed() && !value.includes("\u0000");
/** Also absent where it is null: Shopify writes that for "not known". */
const flag = z.boolean().optional().catch(undefined);

/** A bare number or a gid such as gid://shopify/OrderIdentity/5210499102. */
const orderId = z
  .union([z.string().max(100), z.number().int().positive().max(Number.MAX_SAFE_INTEGER).transform(String)])
  .transform((id) => /(?:^|\/)([0-9]{1,20})$/.exec(id.trim())?.[1])
  .nullish()
  .catch(undefined);

const consent = z
  .object({ marketing: flag, analytics: flag, preferences: flag, saleOfData: flag })
  .optional()
  .catch(undefined);

const schema = z.object({
  v: z.literal(1),
  shop: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{1,255}$/),
  orderId,
  checkoutToken: z.string().regex(/^[\x21-\x7e]{1,255}$/),
  fbp: text(2048),
  fbc: text(2048),
  consent,
  userAgent: text(1024),
  pageUrl: text(4096),
  clientTime: z.number().positive().finite().optional().catch(undefined),
  isFirstOrder: flag,
  eventId: text(255),
});

export interface ReceivedReport {
  /** The store that the pixel says it runs in; not verified, so it only ever narrows a search. */
  readonly shop: string;
  readonly report: BrowserReport;
  /** Shopify's own ID of the `checkout_completed` event. */
  readonly shopifyEventId?: string;
}

export type ParsedReport =
  { readonly ok: true; readonly received: ReceivedReport } | { readonly ok: false; readonly message: string };

/**
 * @param value the parsed JSON body
 * @param observed what the server itself saw: the sender's address, and the moment in Unix milliseconds
 */
export function parseBrowserReport(
  value: unknown,
  observed: { readonly ip?: string; readonly receivedAt?: number } = {},
): ParsedReport {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const places = parsed.error.issues.map((issue) => issue.path.join(".") || "report");
    return { ok: false, message: `not a browser report: ${[...new Set(places)].join(", ")}` };
  }
  const {
    shop,
    orderId: id,
    checkoutToken,
    fbp,
    fbc,
    userAgent,
    pageUrl,
    clientTime,
    isFirstOrder,
    eventId,
  } = parsed.data;
  // Before anything keeps it: a page's query may hold whatever a theme or an app has put there.
  const page = pageUrl === undefined ? undefined : sanitisePageUrl(pageUrl);
  const flags = Object.entries(parsed.data.consent ?? {}).filter(([, said]) => said !== undefined);
  const report: BrowserReport = {
    checkoutToken,
    consent: Object.fromEntries(flags),
    ...(typeof id === "string" && { orderId: id }),
    ...(fbp !== undefined && { fbp }),
    ...(fbc !== undefined && { fbc }),
    ...(userAgent !== undefined && { userAgent }),
    ...(page !== undefined && { pageUrl: page }),
    ...(clientTime !== undefined && { clientTime }),
    ...(isFirstOrder !== undefined && { isFirstOrder }),
    ...observed,
  };
  return { ok: true, received: { shop, report, ...(eventId !== undefined && { shopifyEventId: eventId }) } };
}
