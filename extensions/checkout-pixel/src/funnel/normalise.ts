/**
 * One field of a person or a place as Meta wants it before it is hashed ("customer information parameters"). The app's own
 * rules (app/conversions/customer) know far more readings of an odd text; here a text with more than one reading is left out:
 * no key is better than a hash that belongs to nobody. "" means left out.
 */

/** All that is no letter, mark or digit, and the modifier letters that people type for an apostrophe. */
const NOT_LETTERS = /[^\p{L}\p{Mn}\p{Mc}\p{N}]+|[\u02b9-\u02bf]+/gu;
const INVISIBLE = /[\p{Cf}\ufe00-\ufe0f]+/gu;
/** What programs write where a person gave nothing. */
const NOTHING = /^(?:undefined|unknown|null|nan?|none|nil|x{2,})$/;

/** Small letters in one Unicode form, without what cannot be seen; "" for what is no text, too long or has lost a character. */
function clean(value: unknown): string {
  if (typeof value !== "string" || value.length > 255 || value.includes("\ufffd")) return "";
  return value.replace(INVISIBLE, "").normalize("NFC").trim().toLowerCase();
}

const only = (text: string, form: RegExp): string => (form.test(text) ? text : "");

function letters(text: string): string {
  const found = text.replace(NOT_LETTERS, "").normalize("NFC");
  return NOTHING.test(found) ? "" : found;
}

export function normaliseEmail(value: unknown): string {
  return only(clean(value), /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]+$/);
}

/** Digits of a number in E.164: in any other form its country is a guess. */
export function normalisePhone(value: unknown): string {
  return only(clean(value), /^\+[1-9]\d{6,14}$/).slice(1);
}

/** Digits of a customer's ID, which may come as a gid. */
export function normaliseId(id: unknown): string {
  return only(String(id).replace("gid://shopify/Customer/", ""), /^\d{1,20}$/);
}

/** First and last name together: a single field may hold the whole name, and then it is neither. */
export function normaliseNames(first: unknown, last: unknown): { fn: string; ln: string } {
  const [fn, ln] = [nameOf(first), nameOf(last)];
  const isWhole = !letters(fn) !== !letters(ln) && /\s|^[^\p{Script=Latin}]{3}/u.test(fn + ln);
  return isWhole ? { fn: "", ln: "" } : { fn: letters(fn), ln: letters(ln) };
}

function nameOf(value: unknown): string {
  const name = clean(value);
  return /[@&+/,]|https?:|www\./.test(name) ? "" : only(name, /\p{L}/u);
}

/** A city's name alone, without number, bracket or second name. */
export function normaliseCity(value: unknown): string {
  const city = only(clean(value), /^[\p{L}\p{M}'’. -]+$/u);
  return /\s-|-\s|\scedex$/.test(city) ? "" : letters(city);
}

/** Two small letters of the country; "" for what is no code. */
export function normaliseCountry(code: unknown): string {
  return only(clean(code), /^(?!uk)[a-z]{2}$/);
}

/** @param country as normaliseCountry makes it */
export function normaliseState(code: unknown, country: string): string {
  const state = clean(code).replace(`${country}-`, "");
  return only(state, country === "us" ? /^[a-z]{2}$/ : /^[a-z0-9]{1,3}$/);
}

/** @param country as normaliseCountry makes it */
export function normaliseZip(value: unknown, country: string): string {
  const zip = clean(value);
  if (country === "us") return only(zip, /^\d{5}([ -]?\d{4})?$/).slice(0, 5);
  // Letters before nothing but digits are a part of the code in some countries and a prefix in the others.
  return letters(only(zip, /^(?![a-z]+[ -]?\d+$)(?=.*\d)[a-z0-9][a-z0-9 -]{1,11}$/));
}
