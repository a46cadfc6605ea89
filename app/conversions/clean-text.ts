/** A value ready to be hashed, or why there is none. A reason never quotes the value. */
export type Normalised =
  { readonly ok: true; readonly value: string } | { readonly ok: false; readonly reason: DropReason };

export type DropReason =
  | "empty"
  | "too_long"
  | "broken_unicode"
  | "lost_characters"
  | "not_an_email"
  | "not_a_valid_phone_number"
  | "phone_without_country"
  | "ambiguous_phone_number"
  | "not_a_country_code"
  | "not_a_us_state"
  | "not_a_zip"
  | "not_a_name"
  | "whole_name"
  | "placeholder"
  | "malformed"
  | "impossible_time"
  | "in_seconds"
  | "later_than_event"
  | "private_address"
  | "not_the_buyers"
  | "not_the_shops"
  | "not_an_amount"
  | "no_currency"
  | "no_product_id"
  | "no_order_number"
  | "used_by_another_order"
  | "not_in_admin_api"
  | "not_in_order"
  | "no_presentment_amount"
  | "no_shop_amount"
  | "missing_amount"
  | "negative_amount"
  | "amount_too_large"
  | "other_currency"
  | "not_credible";

export function drop(reason: DropReason): Normalised {
  return { ok: false, reason };
}

export function keep(value: string): Normalised {
  return { ok: true, value };
}

const PLAIN_ASCII = /^[\x20-\x7e]*$/;
/** Direction marks, zero-width characters, soft hyphens, emoji variation selectors: never part of what was meant. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]+/gu;

/**
 * NFC, without invisible characters, trimmed. Meta hashes what a person typed on one side and what we hash on the
 * other, so two spellings that look the same must be the same bytes ("valéry" has two).
 *
 * A lone surrogate or U+FFFD means that the true character is lost: no hash could be right.
 */
export function cleanText(raw: string, maxLength: number): Normalised {
  if (raw.length > maxLength * 4) return drop("too_long");
  if (PLAIN_ASCII.test(raw)) return checkLength(raw.trim(), maxLength);
  if (!raw.isWellFormed()) return drop("broken_unicode");
  if (raw.includes("\ufffd")) return drop("lost_characters");
  return checkLength(raw.replace(INVISIBLE, "").normalize("NFC").trim(), maxLength);
}

function checkLength(text: string, maxLength: number): Normalised {
  if (text === "") return drop("empty");
  return text.length > maxLength ? drop("too_long") : keep(text);
}
