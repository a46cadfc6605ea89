/** What scripts write where an identifier was meant to be: judged by content, because the form around it is right. */

/** Words that come out of an empty variable, a failed conversion or a test, compared without case and punctuation. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  ...["undefined", "null", "nil", "none", "nan", "inf", "infinity", "void", "empty", "blank", "missing"],
  ...[
    "true",
    "false",
    "yes",
    "no",
    "na",
    "notset",
    "notavailable",
    "notfound",
    "notprovided",
    "unknown",
    "unset",
  ],
  ...[
    "object",
    "objectobject",
    "objectpromise",
    "objectundefined",
    "objectnull",
    "function",
    "array",
    "promise",
  ],
  ...[
    "string",
    "number",
    "boolean",
    "symbol",
    "value",
    "error",
    "default",
    "dummy",
    "example",
    "sample",
    "test",
  ],
  ...[
    "fbc",
    "fbp",
    "fbclid",
    "clickid",
    "browserid",
    "cookie",
    "placeholder",
    "xxx",
    "todo",
    "tbd",
    "deleted",
  ],
]);

/** Template and format syntax that nobody filled in: `{{fbclid}}`, `${fbclid}`, `%s`, `[object Object]`, `<id>`. */
const TEMPLATE = /[{}<>[\]$]|%(?![0-9a-f]{2})/i;

const NO_LETTER = /[^\p{L}\p{N}]+/gu;

/** Whether a text stands for "nothing" rather than for an identifier. Surrounding punctuation and case do not count. */
export function isPlaceholder(text: string): boolean {
  if (TEMPLATE.test(text)) return true;
  const bare = text.replace(NO_LETTER, "").toLowerCase();
  return bare === "" || PLACEHOLDERS.has(bare) || /^(.)\1*$/u.test(bare);
}

/**
 * Percent-encoding undone, as often as it was done (three times at most); the text itself where it holds none or where
 * it cannot be undone.
 */
export function decodeFully(text: string): string {
  let decoded = text;
  for (let round = 0; round < 3 && decoded.includes("%"); round += 1) {
    try {
      decoded = decodeURIComponent(decoded);
    } catch {
      break;
    }
  }
  return decoded;
}
