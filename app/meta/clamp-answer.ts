/**
 * What Meta says, cut to what can be stored and shown, whatever it is: an answer of one dataset must not stop the
 * settling of the others.
 */

/** Characters of a message that are kept. */
export const LONGEST_MESSAGE = 500;
/** A trace ID has about 30 characters. */
export const LONGEST_TRACE = 100;
const LARGEST_INTEGER = 2_147_483_647;

/** A whole number that a 32-bit column holds; null for anything else. */
export function clampInteger(value: unknown): number | null {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= LARGEST_INTEGER
    ? value
    : null;
}

/**
 * A text in one line, without control characters (PostgreSQL refuses NUL; others break a log line or a page), cut between
 * two characters and never inside one; null for anything else and for a text without any content.
 */
export function clampText(value: unknown, longest: number): string | null {
  if (typeof value !== "string") return null;
  // Twice as much as is kept is enough to look at: spaces are few, and a text may have any length.
  const text = value
    .slice(0, longest * 2)
    .toWellFormed()
    .replace(/\p{Cc}+/gu, " ")
    .trim();
  // The half of a pair at the cut would be a lone surrogate, which UTF-8 cannot hold.
  return text === "" ? null : cutWhole(text, longest);
}

function cutWhole(text: string, longest: number): string {
  const cut = text.slice(0, longest);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

const MOST_ENTRIES = 200;
const DEEPEST = 8;

/**
 * A JSON value that can be stored: texts clamped, at most so many entries in each list and object, so deep. What lies
 * deeper is null.
 */
export function clampJson(value: unknown, longestText = LONGEST_MESSAGE, depth = DEEPEST): unknown {
  if (typeof value === "string") return clampText(value, longestText) ?? "";
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return null;
  if (Array.isArray(value))
    return value.slice(0, MOST_ENTRIES).map((each) => clampJson(each, longestText, depth - 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MOST_ENTRIES)
      .map(([key, each]) => [clampText(key, 100) ?? "", clampJson(each, longestText, depth - 1)]),
  );
}
