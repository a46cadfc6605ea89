import type { InstallationAnswer } from "./check-installation.server.ts";

/** How long after a reported uninstall Shopify's "still installed" is asked for again before it is believed. */
const BELIEVE_INSTALLED_AFTER_MS = 10 * 60_000;
/** How long an uninstall that Shopify signed may stay unconfirmed before the tokens are destroyed all the same. */
const BELIEVE_REPORT_AFTER_MS = 7 * 86_400_000;

export type UninstallDecision =
  /** Destroy the tokens, stop the deliveries. */
  | "uninstall"
  /** Leave everything as it is, and ask Shopify again later. */
  | "ask_again"
  /** The report is over: the merchant has come back, or never left. */
  | "drop";

/**
 * What to do about a reported uninstall. The report is signed but may be a replay, so Shopify's answer decides. Right
 * after an uninstall that answer could still come from before it: "installed" counts only when it is repeated, or when a
 * token was exchanged after the uninstall.
 *
 * @param reportedAt when the report arrived first; times are unix milliseconds
 * @param triggeredAt of an unsigned header: it can make us ask again or drop the report of an installed app, no more
 */
export function decideUninstall(input: {
  readonly answer: InstallationAnswer;
  readonly now: number;
  readonly reportedAt: number;
  readonly triggeredAt: number | undefined;
  readonly signedInAt: number | undefined;
}): UninstallDecision {
  const { answer, now, reportedAt, triggeredAt, signedInAt } = input;
  switch (answer) {
    case "gone":
    case "no_token":
      return "uninstall";
    case "installed": {
      const cameBack = signedInAt !== undefined && triggeredAt !== undefined && triggeredAt < signedInAt;
      return cameBack || now - reportedAt >= BELIEVE_INSTALLED_AFTER_MS ? "drop" : "ask_again";
    }
    case "unknown":
      return now - reportedAt >= BELIEVE_REPORT_AFTER_MS ? "uninstall" : "ask_again";
  }
}
