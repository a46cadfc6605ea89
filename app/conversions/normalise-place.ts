/** State, postcode and country: the parts of an address that codes exist for. City: see normalise-name.ts. */
import { cleanText, drop, keep } from "./clean-text.ts";
import type { Normalised } from "./clean-text.ts";
import { readCountryCode } from "./country-codes.ts";
import { normaliseName, toLetters } from "./normalise-name.ts";
import { readUsState } from "./us-states.ts";

const MAX_ZIP_LENGTH = 32;

/** Lower-case ISO alpha-2 (Meta: us); from a code only, never guessed from a country's name. */
export function normaliseCountry(rawCode: string): Normalised {
  const code = readCountryCode(rawCode);
  return code === undefined ? drop("not_a_country_code") : keep(code.toLowerCase());
}

/**
 * In the US the two-letter code (Meta: az, ca). Elsewhere Shopify's province code, then the province's name, as two
 * candidates (nsw, newsouthwales): Meta's documents want the name, the Pixel's users mostly hold the code.
 * A country prefix is no part of the code (US-CA → ca, JP-13 → 13).
 *
 * @param country ISO alpha-2, upper case
 */
export function normaliseState(
  code: string | undefined,
  name: string | undefined,
  country: string | undefined,
): readonly Normalised[] {
  if (country === "US") {
    const state = readUsState(code) ?? readUsState(name);
    return code === undefined && name === undefined
      ? []
      : [state === undefined ? drop("not_a_us_state") : keep(state)];
  }
  const candidates: Normalised[] = [];
  if (code !== undefined) candidates.push(normaliseName(withoutPrefix(code, country)));
  if (name !== undefined) candidates.push(normaliseName(name));
  return candidates;
}

function withoutPrefix(code: string, country: string | undefined): string {
  const trimmed = code.trim();
  return country !== undefined && trimmed.toUpperCase().startsWith(`${country}-`)
    ? trimmed.slice(country.length + 1)
    : trimmed;
}

/**
 * Lower case, letters and digits only (Meta: 94035, m11ae); in the US the first five digits. Full-width and
 * Arabic-Indic digits become ASCII digits: a postcode is a number, whatever keyboard it was typed on.
 *
 * @param country ISO alpha-2, upper case
 */
export function normaliseZip(raw: string, country: string | undefined): Normalised {
  const clean = cleanText(raw, MAX_ZIP_LENGTH);
  if (!clean.ok) return clean;
  const zip = toLetters(toAsciiDigits(clean.value.normalize("NFKC")));
  if (country === "US")
    return /^[0-9]{5}(?:[0-9]{4})?$/.test(zip) ? keep(zip.slice(0, 5)) : drop("not_a_zip");
  return zip === "" ? drop("empty") : keep(zip);
}

/** Arabic-Indic (U+0660) and Persian (U+06F0) digits; NFKC has done the full-width ones. */
function toAsciiDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}
