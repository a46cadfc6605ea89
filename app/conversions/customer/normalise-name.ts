import { cleanText, drop, keep } from "../clean-text.ts";
import type { Normalised } from "../clean-text.ts";

/** Shopify takes at most 255 characters; a longer value was not typed by a buyer. */
const MAX_LENGTH = 255;

/**
 * All that is not a letter, a mark on a letter or a digit, in any script, and the modifier letters that people type
 * for an apostrophe (U+02B9 to U+02BF).
 */
const NOT_LETTERS = /[^\p{L}\p{Mn}\p{Mc}\p{N}]+|[\u02b9-\u02bf]+/gu;
const PLAIN_NOT_LETTERS = /[^a-z0-9]+/g;
const ASCII = /^[\0-\x7f]*$/;

/**
 * A first or last name: lower case, no punctuation, no spaces, letters of every script kept
 * (Meta: Mary → mary, 정 → 정, Valéry → valéry; Mary-Jane O'Neil → maryjaneoneil as the Pixel does).
 */
export function normaliseName(raw: string): Normalised {
  const clean = cleanText(raw, MAX_LENGTH);
  if (!clean.ok) return clean;
  const name = toLetters(clean.value);
  return name === "" ? drop("empty") : keep(name);
}

/** Lower case before and NFC after the reduction: taking a character out can bring a letter and its mark together. */
export function toLetters(text: string): string {
  const lower = text.toLowerCase();
  return ASCII.test(lower)
    ? lower.replace(PLAIN_NOT_LETTERS, "")
    : lower.replace(NOT_LETTERS, "").normalize("NFC");
}
