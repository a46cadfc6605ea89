/** Documents that the app stored itself, perhaps in another version: what does not look like one counts as absent. */
import type { ConsentFlags, Conversion } from "./model.ts";
import { asRecord, compact, type JsonRecord } from "./read-json.ts";

/** `conversion.document`: without the buyer's address and browser, and without the checkout's token. */
export type StoredConversion = Omit<Conversion, "client" | "checkoutToken">;

/** @returns undefined where something is missing that every reader counts on */
export function readStoredConversion(document: unknown): StoredConversion | undefined {
  return isStoredConversion(document) ? document : undefined;
}

function isStoredConversion(document: unknown): document is StoredConversion {
  const stored = asRecord(document);
  const purchase = asRecord(stored?.["purchase"]);
  const consent = asRecord(stored?.["consent"]);
  const customer = asRecord(stored?.["customer"]);
  return (
    stored !== undefined &&
    ["orderId", "eventId", "source", "actionSource"].every((key) => typeof stored[key] === "string") &&
    ["eventTime", "paidAt"].every((key) => Number.isFinite(stored[key])) &&
    typeof purchase?.["value"] === "number" &&
    typeof purchase["currency"] === "string" &&
    isListOrAbsent(purchase, "contents") &&
    isListOrAbsent(purchase, "content_ids") &&
    asRecord(consent?.["flags"]) !== undefined &&
    customer !== undefined &&
    Object.values(customer).every(Array.isArray)
  );
}

function isListOrAbsent(record: JsonRecord, key: string): boolean {
  return record[key] === undefined || Array.isArray(record[key]);
}

/** What a stored report says of the buyer's consent (`browser_report.document`); null = there is no report. */
export function readStoredConsent(document: unknown): ConsentFlags | null {
  const report = asRecord(document);
  if (!report) return null;
  const consent = asRecord(report["consent"]);
  const flag = (key: string): boolean | undefined => {
    const value = consent?.[key];
    return typeof value === "boolean" ? value : undefined;
  };
  return compact<ConsentFlags>({
    marketing: flag("marketing"),
    analytics: flag("analytics"),
    preferences: flag("preferences"),
    saleOfData: flag("saleOfData"),
  });
}
