/** Lenient readers of parsed JSON: a field of the wrong type reads as absent, never as an exception. */

export type JsonRecord = Readonly<Record<string, unknown>>;

export function asRecord(value: unknown): JsonRecord | undefined {
  return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text with something in it, untouched. Shopify's numbers sometimes come as numbers, so these are taken too. */
export function readText(record: JsonRecord | undefined, key: string): string | undefined {
  const value = record?.[key];
  if (typeof value === "string") return value.trim() === "" ? undefined : value;
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return undefined;
}

const ID = /^[0-9]{1,20}$/;

/**
 * A numeric ID as digits. A number beyond 2^53 has already lost digits, so it is no ID any more; `parseOrder` hands
 * such numbers over as text.
 */
export function readId(record: JsonRecord | undefined, key: string): string | undefined {
  const value = record?.[key];
  if (typeof value === "bigint") return value > 0n ? String(value) : undefined;
  if (typeof value === "number") return Number.isSafeInteger(value) && value > 0 ? String(value) : undefined;
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  return ID.test(text) && !/^0+$/.test(text) ? text : undefined;
}

/** A whole number of zero or more, also where it comes as text. */
export function readCount(record: JsonRecord | undefined, key: string): number | undefined {
  const value = record?.[key];
  const number = typeof value === "string" && /^[0-9]{1,9}$/.test(value.trim()) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

export function readFlag(record: JsonRecord | undefined, key: string): boolean | undefined {
  const value = record?.[key];
  if (typeof value === "boolean") return value;
  if (value === "true") return true;
  if (value === "false") return false;
  return undefined;
}

/** Drops the keys that are undefined, so that "absent" has one form. */
export function compact<T extends object>(value: { readonly [K in keyof T]: T[K] | undefined }): T {
  const result: Partial<T> = {};
  // Called for every record of an order; pairs of entries would be made for nothing.
  for (const key of Object.keys(value) as (keyof T)[]) {
    const entry = value[key];
    if (entry !== undefined) result[key] = entry;
  }
  return result as T;
}
