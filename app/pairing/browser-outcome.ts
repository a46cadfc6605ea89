/**
 * What a browser says became of its copy. `sent`: the hit left the browser, and more is not known, because an answer to
 * an image request without CORS cannot be read (a 431 or 500 looks like a 200). `blocked`: the browser or an extension
 * in it stopped the hit. `failed`: the program could not try, or gave up.
 */
export const BROWSER_OUTCOMES = ["sent", "blocked", "failed"] as const;
export type BrowserOutcome = (typeof BROWSER_OUTCOMES)[number];

/** Browser programs before version 1.1.0 said `fired` for `sent`; such reports still come, and old rows hold it. */
export const OLD_NAME_OF_SENT = "fired";

/** Whether a stored outcome says that the copy left. In SQL: `outcome IN ('sent', 'fired')`. */
export function isSentOutcome(outcome: string | null): boolean {
  return outcome === "sent" || outcome === OLD_NAME_OF_SENT;
}

/** A stored outcome by today's name; null = the browser has not said. */
export function readStoredOutcome(outcome: string | null): BrowserOutcome | null {
  if (isSentOutcome(outcome)) return "sent";
  return BROWSER_OUTCOMES.find((each) => each === outcome) ?? null;
}
