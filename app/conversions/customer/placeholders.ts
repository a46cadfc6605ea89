/**
 * What programs and forms write where a person gave nothing: "N/A", "null", "{{ first_name }}", "noreply@…".
 *
 * The hash of such a text is one value that thousands of orders share, so it matches nobody or the wrong people. But
 * people are called Null, Na, Guest and X. Hence two lists: what nobody is called is never a value, and what somebody
 * is called is one unless the place where it stands says otherwise (see `readPersonName`).
 */
import { toLetters } from "./normalise-name.ts";

/** Nothing but letters and one space at a time ("NaN" is told by its case, so N begins no such text). */
const PLAIN = /^(?!NaN$)\p{L}+(?: \p{L}+)*$/u;
/** Signs of templates and of printed objects. */
const PROGRAM = /\{\{|\}\}|\{%|%\}|\$\{|<%|%>|\[object |^\{.*\}$|^%[a-z_.]+%$|^%s$|^__.+__$/is;
/** "N/A", "n\a", "#N/A", "(null)", "<none>", "[undefined]". Initials such as "N.A." are another matter. */
const NOT_AVAILABLE = /^[^\p{L}\p{N}]*n\s*[/\\|]\s*a[^\p{L}\p{N}]*$/iu;
const WRAPPED = /^[([{<"'#*_-]+(?:null|none|nil|undefined|nan|empty|blank|na)[)\]}>"'*_-]+$/i;

/** Nobody's name and no place's name, as letters only. */
const NEVER: ReadonlySet<string> = new Set(
  `undefined unknown notavailable notapplicable notprovided notspecified notgiven notset notknown unspecified
  noname nofirstname nolastname nosurname noaddress nocity nostate nozip nozipcode nopostcode nopostalcode
  firstname lastname fullname givenname familyname yourname yourcity zipcode postcode postalcode
  anonymous anonymised anonymized redacted deleted placeholder loremipsum asdf asdfg asdfgh qwerty qwertz
  nullnull undefinedundefined tbd tba nodata novalue noentry
  keineangabe keinname unbekannt nichtangegeben onbekend inconnu nonrenseigne nonrenseigné desconocido sinnombre
  sinapellido noaplica sconosciuto nondisponibile okänd ukjent ukendt nieznane neuveden
  неизвестно нет неуказано 不明 無し なし 未知 未填写 없음 غيرمعروف لايوجد`
    .trim()
    .split(/\s+/),
);

/** Somebody's name, and also what programs write: "null" and "None" of programming languages, forms' stand-ins. */
const SOMETIMES: ReadonlySet<string> = new Set(
  "null na nan none nil no empty void guest test tester testing user admin buyer client shopper x name default dummy sample fake nope order account customer".split(
    " ",
  ),
);

/**
 * A text that is no value in any field.
 *
 * @param letters the text reduced by `toLetters`, where it is known already
 */
export function isPlaceholder(raw: string, letters = toLetters(raw)): boolean {
  if (NEVER.has(letters) || isRepeatedLetter(letters)) return true;
  if (PLAIN.test(raw)) return false;
  const text = raw.trim();
  return PROGRAM.test(text) || NOT_AVAILABLE.test(text) || WRAPPED.test(text) || text === "NaN";
}

/**
 * A text that is a value only where something beside it says so.
 *
 * @param letters as for `isPlaceholder`
 */
export function isPerhapsPlaceholder(raw: string, letters = toLetters(raw)): boolean {
  return SOMETIMES.has(letters);
}

/** "xx", "xxx", "aaa": a key held down. "III" may follow a name, and "Oo" and "Aa" are names. */
function isRepeatedLetter(letters: string): boolean {
  return /^(?:x{2,9}|([a-z])\1{2,9})$/.test(letters) && !/^i+$/.test(letters);
}

/** The part before the @ of mailboxes that a program or a marketplace puts in for the buyer's. */
const STAND_IN_LOCALS: ReadonlySet<string> = new Set(
  `undefined noreply donotreply noemail noemailaddress nomail noaddress notprovided notavailable nullnull
  objectobject`
    .trim()
    .split(/\s+/),
);
/** Ends of domains that can have no mailbox (RFC 2606). `example` and `test` stay, which test orders are full of. */
const NO_MAIL_DOMAINS = [".invalid", ".localhost", ".localdomain"];
const MARKS_IN_LOCAL_PARTS = /[._-]+/g;

/**
 * A mailbox that is no buyer's: undefined@…, no-reply@…, none@none.com, …@….invalid.
 *
 * @param email a normalised address
 */
export function isStandInMailbox(email: string): boolean {
  if (NO_MAIL_DOMAINS.some((end) => email.endsWith(end))) return true;
  const at = email.lastIndexOf("@");
  const local = email.slice(0, at).replace(MARKS_IN_LOCAL_PARTS, "");
  if (STAND_IN_LOCALS.has(local)) return true;
  if (!SOMETIMES.has(local) && !NEVER.has(local) && !isRepeatedLetter(local)) return false;
  const owner = email.slice(at + 1, email.indexOf(".", at)).replaceAll("-", "");
  return local === owner || NEVER.has(owner);
}
