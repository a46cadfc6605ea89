import { toAsciiDigits } from "./ascii-digits.ts";

/** One number as somebody typed it. */
export interface TypedPhone {
  /** A plus was typed, so a country code follows. Not sure when the digits begin with 0. */
  readonly plus: boolean;
  /** All digits in order, without plus and extension. */
  readonly digits: string;
  /** The digits without a "(0)": the zero is left out when one dials from abroad. */
  readonly withoutBracketedZero?: string;
  /** The digits before the first space or sign between digits; all of them where there is none. */
  readonly firstGroup: string;
}

/** What a field holds: the same text as one number, and as several where it holds separators. */
export interface TypedPhones {
  readonly whole: TypedPhone | undefined;
  /** Empty without separators. */
  readonly parts: readonly (TypedPhone | undefined)[];
}

const CHAT_LINK = /^(?:https?:\/\/)?(?:wa\.me\/|api\.whatsapp\.com\/send\/?\?phone=)\+?/i;
/** RFC 3966: a local number with the prefix that makes it global. */
const PHONE_CONTEXT = /^tel:(.*?);(?:.*;)?phone-context=(\+[0-9]+)/i;
const URI_PARAMETERS = /;[a-z-]+=.*$/i;
const URI = /^(?:tel|callto|sms|whatsapp):(?:\/\/)?/i;

/** Between two numbers; some of these stand between the parts of one number too ("030/123456"). */
const SEPARATORS =
  /[,;|/\\⁄\n\r、]|(?<=[0-9)])\s+(?=\(?\+)|\s(?:or|and|oder|und|ou|et|o|e|y|i|и|или|або|veya|of|eller|lub|nebo|または|或|&)\s/iu;

/** Behind the number: a mark and up to 7 digits. */
const EXTENSION =
  /(?<=[0-9)\s.,;-])(?:x|ext(?:ension|n)?|extensi[oó]n|доб(?:ав(?:очный)?)?|вн(?:утр)?|int(?:erno|ern)?|anexo|ramal|poste|durchwahl|dw|wew|toestel|dahili|内線|内线|分機|分机|转|轉|#)[\s.:=)]*[0-9]{1,7}[\s#)]*$/iu;

/** "0xx11": Brazil's way to write that a carrier's two digits may be dialled there. */
const CARRIER_PLACEHOLDER = /^(\(?0)\s*-?xx[\s-]*(?=[0-9(])/i;

const BRACKETED_ZERO = /[([]\s*0\s*[)\]]/;
/** Spaces, dashes of all scripts, dots, brackets, quotes, slashes, long vowel marks that Japanese keyboards give. */
const BETWEEN_DIGITS = /^[0-9\s\p{Z}\p{Pd}.·•∙・()[\]{}'"’‘`´“”«»_~〜/\\⁄,:\u2212ーｰ]*$/u;
/** Telephone keys carry capital letters: 1-800-FLOWERS. Its letters are digits that cannot be left out. */
const KEYPAD_LETTERS = /[A-Z]{2}/;

/** E.164 as Shopify writes it, or digits alone: what most orders hold, read without the rest of this file. */
const PLAIN = /^\+?[0-9]+$/;

function readPlain(text: string): TypedPhone {
  const digits = text.replace("+", "");
  return { plus: text.startsWith("+"), digits, firstGroup: digits };
}

/** @param text clean (see clean-text.ts) */
export function readPhoneText(text: string): TypedPhones {
  if (PLAIN.test(text)) return { whole: readPlain(text), parts: [] };
  const plain = unwrapUri(toAsciiDigits(text.normalize("NFKC")).replace(/\p{M}+/gu, ""));
  const parts = SEPARATORS.test(plain) ? plain.split(SEPARATORS).filter((part) => /[0-9]/.test(part)) : [];
  return {
    whole: readOne(plain),
    parts: parts.length > 1 ? parts.map(readOne) : [],
  };
}

function unwrapUri(text: string): string {
  const local = PHONE_CONTEXT.exec(text);
  if (local !== null) return `${local[2] ?? ""}${local[1] ?? ""}`;
  const bare = text.replace(CHAT_LINK, "+");
  return URI.test(bare)
    ? bare.replace(URI, "").replace(/^%2b/i, "+").replace(/%20/g, " ").replace(URI_PARAMETERS, "")
    : bare;
}

/** The only number in a text, or undefined where the text holds none or what stands in it is not understood. */
function readOne(text: string): TypedPhone | undefined {
  const start = text.search(/[+0-9([]*[0-9]/);
  if (start < 0) return undefined;
  const fromStart = text.slice(text.slice(0, start).search(/[+(\s]*$/)).replace(CARRIER_PLACEHOLDER, "$1 ");
  const withoutExtension = fromStart.replace(EXTENSION, "");
  const end = withoutExtension.search(/[^0-9]*$/);
  if (KEYPAD_LETTERS.test(withoutExtension.slice(end).replace(/\([^)]*\)/g, ""))) return undefined;
  const number = withoutExtension.slice(0, end);
  const afterPlus = number.lastIndexOf("+") + 1;
  const body = number.slice(afterPlus);
  // "++49", "00+49": before the last plus only signs that mean the same
  if (!/^[\s0()+]*$/.test(number.slice(0, afterPlus)) || !BETWEEN_DIGITS.test(body)) return undefined;
  const digits = body.replace(/[^0-9]/g, "");
  const withoutBracketedZero = body.replace(BRACKETED_ZERO, "").replace(/[^0-9]/g, "");
  return {
    plus: afterPlus > 0,
    digits,
    ...(withoutBracketedZero === digits ? {} : { withoutBracketedZero }),
    firstGroup: /[0-9]+/.exec(body)?.[0] ?? "",
  };
}
