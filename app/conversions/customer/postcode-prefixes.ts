/**
 * What people write before a postcode that is no part of it. "D-11011" and "DE-11011" are 11011 in Germany, but
 * "LV-1010" in Latvia and "AZ1000" in Azerbaijan are the codes themselves.
 *
 * Sources: Shopify's `worldwide` (list of optional prefixes, postcode formats and examples) and the Universal Postal
 * Union's country sheets, which say where the country's letters belong to the code.
 */

/** Countries whose official form begins with their own letters: nothing is taken off. */
const PART_OF_THE_CODE: ReadonlySet<string> = new Set(
  "AD AI AZ BB BM BN GH HN HT KN KY LC LV MD MS NR SO SV SZ TC VC VG WS GB GG GI IM JE IE CA MT AR PE US".split(
    " ",
  ),
);

/** Beside the ISO code, which every other country may carry: vehicle codes and names, lower case. */
const OTHER_PREFIXES: Readonly<Record<string, readonly string[]>> = {
  AT: ["a"],
  AX: ["fi"],
  BA: ["bih"],
  BE: ["b"],
  DE: ["d"],
  EE: ["est"],
  ES: ["e"],
  FI: ["fin"],
  FR: ["f"],
  HR: ["cro"],
  HU: ["h"],
  IT: ["i"],
  JP: ["t"],
  LI: ["fl", "ch"],
  LU: ["l"],
  ME: ["mne"],
  MK: ["nmk"],
  NO: ["n"],
  PT: ["p"],
  RS: ["srb"],
  SE: ["s"],
  SG: ["s", "singapore"],
  SI: ["slo"],
  SM: ["rsm"],
  VA: ["v"],
  XK: ["rks"],
};

/** The field's own name, copied with the value: German, Brazilian, French and Spanish, English, Japanese. */
const LABELS: readonly string[] = ["plz", "cep", "cap", "cp", "zip", "zipcode", "pincode", "pin", "郵便番号"];

/**
 * The postcode without the country's prefix or the field's label, where a digit follows them.
 *
 * @param zip lower case, no spaces at the ends; separators still stand in it
 * @param country ISO alpha-2, upper case; without it nothing is taken off
 */
export function withoutCountryPrefix(zip: string, country: string | undefined): string {
  if (country === undefined || PART_OF_THE_CODE.has(country) || /^[0-9]/.test(zip)) return zip;
  const [, letters = "", code = ""] = /^(\p{L}+)[^\p{L}\p{N}]*([0-9].*)$/u.exec(zip) ?? [];
  return letters === country.toLowerCase() ||
    LABELS.includes(letters) ||
    OTHER_PREFIXES[country]?.includes(letters) === true
    ? code
    : zip;
}
