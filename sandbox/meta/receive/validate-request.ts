import { z } from "zod";

import { errorText, type Locale } from "../graph/error-texts.ts";
import { graphError, type GraphError } from "../graph/graph-error.ts";
import { alike, numericId, text, USER_DATA, withSubcode } from "./customer-information.ts";
import type { Notes } from "./dataset.ts";

const DAY_MS = 86_400_000;
const EMPTY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const may = z.exactOptional;
const CURRENCIES = new Set(Intl.supportedValuesOf("currency"));

const deliveryCategory = may(z.enum(["in_store", "curbside", "home_delivery"]));
/** meta.md 1.7. Extra properties of any shape are accepted, as recorded. */
const CUSTOM_DATA = z
  .looseObject({
    value: may(z.number()),
    // Lowercase is accepted as recorded; anything that is no ISO 4217 code is not.
    currency: may(
      z.string().refine((code) => CURRENCIES.has(code.toUpperCase()), "Expected an ISO 4217 code"),
    ),
    contents: may(
      z.array(
        z
          .looseObject({
            id: z.union([text, z.literal(""), z.int()]).nullish(),
            quantity: may(z.int().positive()),
            item_price: may(z.number()),
            delivery_category: deliveryCategory,
          })
          .refine(({ id }) => id !== undefined && id !== null && id !== "", withSubcode(2804008)),
      ),
    ),
    content_ids: may(z.array(z.union([text, numericId]))),
    num_items: may(numericId),
    ...alike(may(text), "order_id", "content_name", "content_category"),
    ...alike(may(z.number()), "net_revenue", "predicted_ltv"),
    // The enum of Meta's server event page; inside custom_data only (audit.md section 4).
    customer_segmentation: may(
      z.union([
        z.templateLiteral([
          z.enum(["new_customer_to", "existing_customer_to"]),
          "_",
          z.enum(["business", "business_line", "product_area", "medium"]),
        ]),
        z.literal("customer_in_loyalty_program"),
      ]),
    ),
    content_type: may(z.enum(["product", "product_group"])),
    delivery_category: deliveryCategory,
  })
  .refine(({ value, currency }) => value === undefined || currency !== undefined, withSubcode(2804023));

const ACTION_SOURCES =
  "email website app phone_call chat physical_store system_generated business_messaging other".split(" ");
/** meta.md 1.4. Whether Meta refuses other keys here, as it does in user_data, is not established; the sandbox does. */
const EVENT = z
  .strictObject({
    // Meta: names of custom events have 50 characters at most.
    event_name: text.max(50),
    /** Unix seconds. */
    event_time: z.int(),
    action_source: z.enum(ACTION_SOURCES),
    event_id: may(text),
    user_data: USER_DATA,
    custom_data: may(CUSTOM_DATA),
    ...alike(may(text), "event_source_url", "referrer_url", "messaging_channel"),
    opt_out: may(z.boolean()),
    // meta.md 1.8: ["LDU"] or []; country 0 or 1; state 0 or 1000 to 1013, which are states of country 1.
    data_processing_options: may(z.array(z.literal("LDU"))),
    data_processing_options_country: may(z.literal([0, 1])),
    data_processing_options_state: may(z.union([z.literal(0), z.int().min(1000).max(1013)])),
    ...alike(may(z.looseObject({})), "original_event_data", "attribution_data", "app_data"),
  })
  .refine(
    ({ data_processing_options_state: state, data_processing_options_country: country }) =>
      !state || country === 1,
    { error: "Expected a state of country 1", path: ["data_processing_options_state"] },
  )
  .refine((event) => event.event_name !== "Purchase" || event.custom_data?.value !== undefined, {
    ...withSubcode(2804009),
  });

const ENVELOPE = z.strictObject({
  data: z.array(EVENT).min(1, "Expected at least one event").max(1000, "Expected at most 1000 events"),
  test_event_code: may(text),
  /** Under 23 characters, at least two of them letters. */
  partner_agent: may(
    z
      .string()
      .max(22)
      .regex(/\p{L}.*\p{L}/u),
  ),
  ...alike(may(z.unknown()), "platforms", "progress", "namespace_id", "access_token", "appsecret_proof"),
  ...alike(may(z.unknown()), "upload_id", "upload_tag", "upload_source"),
});
export type ValidRequest = z.infer<typeof ENVELOPE>;
export type ValidEvent = z.infer<typeof EVENT>;

/** Why a request is refused; one is enough to refuse the whole batch (meta.md 1.3). Never holds a received value. */
export interface Rejection {
  subcode: number;
  /** What is wrong, in English, as it stands in `error.message`. */
  detail: string;
}
export type Verdict = { ok: true; request: ValidRequest } | { ok: false; rejection: Rejection };

/**
 * The whole request against every rule of meta.md 1.3 to 1.8 and 2. `now` in ms; warnings go to `notes`. Lists stand in
 * the result where one value was given alone.
 */
export function checkRequest(body: Readonly<Record<string, unknown>>, now: number, notes: Notes): Verdict {
  const known = Object.entries(body).filter(([key]) => key in ENVELOPE.shape);
  if (known.length < Object.keys(body).length) notes.add("unknown_envelope_key");
  const { data: request, error } = ENVELOPE.safeParse(Object.fromEntries(known), { error: wordOf });
  const issue = error?.issues[0];
  if (issue) return { ok: false, rejection: rejectionOf(issue) };
  if (!request) throw new Error("neither a request nor an issue");
  for (const event of request.data) {
    const subcode = timeProblem(event, now);
    if (subcode !== undefined) return { ok: false, rejection: { subcode, detail: "Invalid parameter" } };
    noteHabits(event, now, notes);
  }
  return { ok: true, request };
}

/** Meta's words for what its recordings show (meta.md 1.4). */
const wordOf: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === "unrecognized_keys") {
    return `Unexpected key ${JSON.stringify(issue.keys[0]?.slice(0, 64))}`;
  }
  return issue.input === undefined ? "Missing key" : undefined;
};

function rejectionOf(issue: z.core.$ZodIssue): Rejection {
  if (issue.code === "custom" && typeof issue.params?.["subcode"] === "number") {
    return { subcode: issue.params["subcode"], detail: issue.message };
  }
  const place = issue.path.map((step) => (typeof step === "number" ? `[${step}]` : `['${String(step)}']`));
  const detail = `Server Side Api Parameter Error: ${issue.message} on param "$${place.join("")}"`;
  return { subcode: 2804019, detail };
}

/** meta.md 1.5: 7 days, 62 for physical_store. The future has no documented tolerance; none is given. */
function timeProblem(event: ValidEvent, now: number): number | undefined {
  const age = now - event.event_time * 1000;
  if (age < 0) return 2804004;
  return age > (event.action_source === "physical_store" ? 62 : 7) * DAY_MS ? 2804003 : undefined;
}

function noteHabits(event: ValidEvent, now: number, notes: Notes): void {
  const { fbc, client_user_agent: agent } = event.user_data;
  if (event.action_source === "website") {
    // Documented as required, accepted without in live probes (meta.md 1.4): counted, not refused.
    if (agent === undefined) notes.add("website_without_user_agent");
    if (event.event_source_url === undefined) notes.add("website_without_source_url");
  }
  if (event.event_id === undefined) notes.add("without_event_id");
  if (now - event.event_time * 1000 > 3_600_000) notes.add("sent_later_than_an_hour");
  const values: unknown[] = Object.values(event.user_data).flat();
  if (values.some((value) => String(value).startsWith(EMPTY_HASH))) notes.add("hash_of_empty_string");
  if (fbc !== undefined && fbc.split(".")[2]?.length !== 13) notes.add("fbc_time_not_in_milliseconds");
}

/** The answer to a rejected request, texts in the token's language. */
export function rejectionError({ subcode, detail }: Rejection, locale: Locale): GraphError {
  const texts = errorText(subcode, locale);
  return graphError(100, detail, {
    subcode,
    ...(texts === undefined ? {} : { userTitle: texts.title, userMessage: texts.message }),
    ...(subcode === 2804003 ? { blameFields: [["data"]] } : {}),
  });
}
