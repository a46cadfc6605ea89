/** What a request may look like before anything of the app works on it. Lengths in characters as they came. */
const HEAD_LIMITS = {
  /** The app's longest page is /app/privacy/<ID>/export; the longest file has a name of about 60. */
  path: 300,
  segments: 10,
  /** A launch from Shopify's admin is about 2,000, and comes back encoded in another address's parameter. */
  query: 8_192,
  parameters: 100,
  headers: 100,
  cookies: 8_192,
} as const;

export interface RequestHead {
  /** As the request line has it: path and query, or a whole address. */
  readonly url: string;
  /** How many headers came, each line counted. */
  readonly headers: number;
  readonly cookie: string;
}

/**
 * Refuses a request whose address or headers are larger than any of the app's callers sends. What comes after (matching
 * of routes, parsing of parameters and cookies) costs more than in proportion to their length, and runs on the one thread
 * that answers everybody.
 *
 * @returns the status to answer: 404 no page is that deep, 414 address too long, 431 headers too large (RFC 6585)
 */
export function judgeRequestHead({ url, headers, cookie }: RequestHead): 404 | 414 | 431 | undefined {
  const mark = url.indexOf("?");
  const path = mark < 0 ? url : url.slice(0, mark);
  if (path.length > HEAD_LIMITS.path || url.length - path.length > HEAD_LIMITS.query) return 414;
  if (countOf(url.slice(path.length), "&") >= HEAD_LIMITS.parameters) return 414;
  if (countOf(path, "/") > HEAD_LIMITS.segments) return 404;
  if (headers > HEAD_LIMITS.headers || cookie.length > HEAD_LIMITS.cookies) return 431;
  return undefined;
}

function countOf(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}
