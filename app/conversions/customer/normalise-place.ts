/** State and country. City: normalise-city.ts, postcode: normalise-zip.ts. */
import { drop, keep } from "../clean-text.ts";
import type { Normalised } from "../clean-text.ts";
import { readCountryCode } from "./country-codes.ts";
import { normaliseName } from "./normalise-name.ts";
import { countryNamed } from "./country-names.ts";
import { isPerhapsPlaceholder, isPlaceholder } from "./placeholders.ts";
import { readUsState } from "./us-states.ts";

/** Lower-case ISO alpha-2 (Meta: us) from a code; "UK" and "Germany" are none. */
export function normaliseCountry(rawCode: string): Normalised {
  const code = readCountryCode(rawCode);
  return code === undefined ? drop("not_a_country_code") : keep(code.toLowerCase());
}

/** The same from a country's name, where the whole text names exactly one country ("Germany": de). */
export function normaliseCountryName(name: string): Normalised {
  const code = countryNamed(name);
  return code === undefined ? drop("not_a_country_code") : keep(code.toLowerCase());
}

/** The country of an address, by its code or else its name. ISO alpha-2, upper case. */
export function readCountry(address: {
  readonly countryCode?: string;
  readonly country?: string;
}): string | undefined {
  return readCountryCode(address.countryCode) ?? countryNamed(address.country);
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
  if (code !== undefined) candidates.push(normaliseRegion(withoutPrefix(code, country), country));
  if (name !== undefined) candidates.push(normaliseRegion(name, country));
  return candidates;
}

/** Codes of provinces that read like a program's "NA", "NO" and "X": Napoli, Novara, Córdoba. */
const CODES_LIKE_PLACEHOLDERS: ReadonlySet<string> = new Set(["IT na", "IT no", "AR x"]);

function normaliseRegion(text: string, country: string | undefined): Normalised {
  const result = normaliseName(text);
  if (!result.ok) return result;
  if (isPlaceholder(text)) return drop("placeholder");
  const isProvince = CODES_LIKE_PLACEHOLDERS.has(`${country ?? ""} ${result.value}`);
  return isPerhapsPlaceholder(text) && !isProvince ? drop("placeholder") : result;
}

/** "JP-13" and "US-CA" name their country; without one in the address the prefix itself must be a country's code. */
function withoutPrefix(code: string, country: string | undefined): string {
  const [, prefix, rest] = /^\s*([a-z]{2})[-_\u2010-\u2015](.+)$/isu.exec(code) ?? [];
  const owner = readCountryCode(prefix);
  return owner !== undefined && rest !== undefined && (country === undefined || owner === country)
    ? rest
    : code;
}
