import { cleanText, drop, keep } from "../clean-text.ts";
import type { Normalised } from "../clean-text.ts";
import { toLetters } from "./normalise-name.ts";
import { isPerhapsPlaceholder, isPlaceholder } from "./placeholders.ts";

const MAX_LENGTH = 255;
/** Each candidate is a hash that Meta compares; a city has rarely more than two spellings that differ. */
const MAX_CANDIDATES = 5;

const PLAIN = /^(?!.*\scedex$)[a-z.']+(?:[ -][a-z.']+)*$/i;
/** "80331 München", "CH-8001 Zürich", "100-8111 東京". */
const POSTCODE_BEFORE =
  /^(?:\p{Lu}{1,3}[- ])?(?:\p{Nd}{4,}(?:-\p{Nd}{3,4})?|\p{Nd}{3}-\p{Nd}{4}|\p{Nd}{2}-\p{Nd}{3})[\s,]+(?=\p{L})/u;
/** "Austin 78701", "Austin, TX 78701-1234", "London SW1A 1AA". */
const POSTCODE_AFTER =
  /(?<=\p{L}\)?)[\s,]+(?:\p{Nd}{4,}(?:-\p{Nd}{3,4})?|[a-z]{1,2}[0-9][a-z0-9]?\s?[0-9][a-z]{2})$/iu;
/** A district's number and what may follow it: "Paris 12e Arrondissement", "Lyon 3ème", "Wien, 3. Bezirk". */
const DISTRICT =
  /[\s,]+\p{Nd}{1,2}\s*(?:[.\u00b0\u00ba]|er|re|e|è(?:me)?|eme|nd|st|th|rd)?(?:\s*(?:arrondissement|arr\.?|bezirk|kreis|district|cedex))?$|\s+cedex(?:\s+\p{Nd}{1,2})?$/iu;
const BRACKETED = /[([][^)\]]*[)\]]?/g;
/** Two languages' names: "Biel/Bienne", "Bolzano - Bozen". */
const TWO_NAMES = /^([^/|]+?)\s*(?:[/|]|\s[-\u2013\u2014]\s)\s*([^/|]+)$/;
/** What lies around it: "Austin, TX". */
const AROUND = /[,;].*$/;

/**
 * A city in the forms that Meta may hold, the form of its documents first: letters of every script and digits, no
 * punctuation (zürich8). Then what its Parameter Builder, and so presumably its Pixel, hashes (a to z and digits where
 * a letter begins: zrich8), what its SDK hashes (no digits: zürich), and the letters a to z alone (zrich).
 *
 * A postcode in the field is no part of the city. District numbers, brackets and second languages add the plain city
 * as a further candidate. At most five candidates, without repeats.
 */
export function normaliseCity(raw: string): readonly Normalised[] {
  const clean = cleanText(raw, MAX_LENGTH);
  if (!clean.ok) return [clean];
  const text = clean.value;
  if (PLAIN.test(text)) return [readPlainCity(text)];
  const city = text.replace(POSTCODE_BEFORE, "").replace(POSTCODE_AFTER, "");
  const documented = toLetters(city);
  if (documented === "") return [drop("empty")];
  if (!/\p{L}/u.test(documented) || text.includes("@")) return [drop("not_a_name")];
  if (isNoCity(text) || isNoCity(city)) return [drop("placeholder")];
  const forms = [
    ...formsOf(documented),
    ...plainCities(city).map(toLetters),
    ...(city === text ? [] : asParameterBuilder(toLetters(text))),
  ];
  const distinct = new Set(forms.filter((form) => form !== ""));
  return [...distinct].slice(0, MAX_CANDIDATES).map(keep);
}

/** Most cities: nothing but letters a to z, of which every form is the same. */
function readPlainCity(text: string): Normalised {
  const letters = toLetters(text);
  if (letters === "") return drop("empty");
  return isNoCity(text, letters) ? drop("placeholder") : keep(letters);
}

/** "null" is no city, but Nan in Thailand is one. */
function isNoCity(text: string, letters = toLetters(text)): boolean {
  if (isPlaceholder(text, letters)) return true;
  return isPerhapsPlaceholder(text, letters) && !/^Nan?$/.test(text);
}

function formsOf(documented: string): readonly string[] {
  return [
    documented,
    ...asParameterBuilder(documented),
    documented.replace(/[0-9]+/g, ""),
    documented.replace(/[^a-z]+/g, ""),
  ];
}

function asParameterBuilder(letters: string): readonly string[] {
  const reduced = letters.replace(/[^a-z0-9]+/g, "");
  return /^[a-z]/.test(reduced) ? [reduced] : [];
}

function plainCities(city: string): readonly string[] {
  const withoutDistrict = city.replace(DISTRICT, "");
  const withoutBrackets = city.replace(BRACKETED, " ").trim();
  const [, one = city, two = city] = TWO_NAMES.exec(city) ?? [];
  return [withoutDistrict, withoutBrackets, city.replace(AROUND, ""), one, two].filter(
    (each) => each !== city && /\p{L}{2}/u.test(each),
  );
}
