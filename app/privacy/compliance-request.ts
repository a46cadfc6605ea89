import { createHash } from "node:crypto";

import { hashValue } from "../conversions/customer/hash-value.ts";
import type { Hashed } from "../conversions/model.ts";
import { normaliseEmail } from "../conversions/customer/normalise-email.ts";
import { normalisePhone } from "../conversions/customer/normalise-phone.ts";
import { asList, asRecord, readId, readText, type JsonRecord } from "../conversions/read-json.ts";

/** Shopify's mandatory compliance topics (shopify.dev, "Privacy law compliance"). */
export const COMPLIANCE_TOPICS = ["customers/data_request", "customers/redact", "shop/redact"] as const;
export type ComplianceTopic = (typeof COMPLIANCE_TOPICS)[number];

/** Shopify: "complete the action within 30 days of receiving the request". */
export const COMPLIANCE_DEADLINE_MS = 30 * 86_400_000;

/**
 * Whom a request is about, in the only form that is stored: hashes as the conversions hold them, and order IDs. Any of
 * them may be missing, because Shopify sends what the customer record has. Emptied when the request is done.
 */
export interface Subject {
  readonly externalId?: Hashed;
  readonly em?: Hashed;
  readonly ph?: Hashed;
  readonly orderIds: readonly string[];
}

export interface ComplianceRequestFacts {
  readonly subject: Subject;
  /** The same for every repeat of one request. */
  readonly requestKey: string;
}

/**
 * Reads the body of a compliance webhook whose shape and shop are checked already; raw personal values end here. Never
 * throws.
 *
 * @param storeCountry ISO alpha-2 of the store: the plan in which a number without a plus is read
 */
export function readComplianceRequest(
  topic: ComplianceTopic,
  payload: JsonRecord,
  storeCountry: string | undefined,
): ComplianceRequestFacts {
  const customer = asRecord(payload["customer"]);
  const subject = subjectOf(customer, orderIds(payload, topic), storeCountry);
  const requestId = readId(asRecord(payload["data_request"]), "id");
  return {
    subject,
    requestKey: requestId ?? createHash("sha256").update(JSON.stringify(subject)).digest("base64url"),
  };
}

function orderIds(record: JsonRecord, topic: ComplianceTopic): readonly string[] {
  const list = record[topic === "customers/redact" ? "orders_to_redact" : "orders_requested"];
  const ids = asList(list).map((id) => readId({ id }, "id"));
  return [...new Set(ids.filter((id) => id !== undefined))].sort();
}

function subjectOf(
  customer: JsonRecord | undefined,
  orders: readonly string[],
  storeCountry: string | undefined,
): Subject {
  const id = readId(customer, "id");
  const email = normaliseEmail(readText(customer, "email") ?? "");
  const phone = normalisePhone(readText(customer, "phone") ?? "", storeCountry);
  return {
    ...(id === undefined ? {} : { externalId: hashValue(id) }),
    ...(email.ok ? { em: hashValue(email.value) } : {}),
    ...(phone.ok ? { ph: hashValue(phone.value) } : {}),
    orderIds: orders,
  };
}

/** True when there is nothing by which anybody could be found. */
export function isEmptySubject(subject: Subject): boolean {
  return !subject.externalId && !subject.em && !subject.ph && subject.orderIds.length === 0;
}

/** Reads a stored subject back. Unknown shapes read as nobody. */
export function readSubject(stored: unknown): Subject {
  const record = asRecord(stored);
  const externalId = readText(record, "externalId");
  const em = readText(record, "em");
  const ph = readText(record, "ph");
  return {
    ...(externalId === undefined ? {} : { externalId: hashValue(externalId) }),
    ...(em === undefined ? {} : { em: hashValue(em) }),
    ...(ph === undefined ? {} : { ph: hashValue(ph) }),
    orderIds: asList(record?.["orderIds"]).filter((id) => typeof id === "string"),
  };
}
