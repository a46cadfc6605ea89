/** Documents that the app stored itself, perhaps in another version: what does not look like one counts as absent. */
import type { BrowserReport, ConsentFlags, Conversion } from "./model.ts";
import { asRecord, compact, type JsonRecord } from "./read-json.ts";
import { packProvenance, unpackProvenance } from "./stored-places.ts";

/** What `conversion.document` says: without the buyer's address and browser, and without the checkout's token. */
export type StoredConversion = Omit<Conversion, "client" | "checkoutToken">;

/** `conversion.document` as it is written: all but what stands in columns that are erased earlier, places in short. */
export function writeStoredConversion(conversion: Conversion): object {
  const { client: _client, checkoutToken: _token, provenance, ...document } = conversion;
  return { ...document, ...packProvenance(provenance) };
}

/** @returns undefined where something is missing that every reader counts on */
export function readStoredConversion(document: unknown): StoredConversion | undefined {
  if (!isStoredConversion(document)) return undefined;
  if (!("places" in document)) return document;
  const { places, ...conversion } = document;
  const provenance = unpackProvenance({ ...conversion, places });
  return { ...conversion, ...(provenance && { provenance }) };
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

/** `browser_report.document` with the columns beside it; the checkout's token is never stored. */
export type StoredReport = Omit<BrowserReport, "checkoutToken">;

/**
 * A stored report. Each field that is not as we write it reads as absent.
 * @returns null where there is none, or it was erased
 */
export function readStoredReport(row: {
  readonly document: unknown;
  readonly clientIp: string | null;
  readonly clientUserAgent: string | null;
}): StoredReport | null {
  const report = asRecord(row.document);
  if (!report) return null;
  return compact<StoredReport>({
    orderId: text(report, "orderId"),
    fbp: text(report, "fbp"),
    fbc: text(report, "fbc"),
    consent: consentIn(report),
    userAgent: row.clientUserAgent ?? undefined,
    ip: row.clientIp ?? undefined,
    pageUrl: text(report, "pageUrl"),
    clientTime: time(report, "clientTime"),
    isFirstOrder: flag(report, "isFirstOrder"),
    receivedAt: time(report, "receivedAt"),
  });
}

/** What a stored report says of the buyer's consent (`browser_report.document`); null = there is no report. */
export function readStoredConsent(document: unknown): ConsentFlags | null {
  const report = asRecord(document);
  return report ? consentIn(report) : null;
}

function consentIn(report: JsonRecord): ConsentFlags {
  const consent = asRecord(report["consent"]);
  return compact<ConsentFlags>({
    marketing: flag(consent, "marketing"),
    analytics: flag(consent, "analytics"),
    preferences: flag(consent, "preferences"),
    saleOfData: flag(consent, "saleOfData"),
  });
}

function text(record: JsonRecord, key: string): string | undefined {
  const value = record[key];
  return typeof value === "string" ? value : undefined;
}

function time(record: JsonRecord, key: string): number | undefined {
  const value = record[key];
  return typeof value === "number" ? value : undefined;
}

function flag(record: JsonRecord | undefined, key: string): boolean | undefined {
  const value = record?.[key];
  return typeof value === "boolean" ? value : undefined;
}
