import type { TallyRow } from "./read-tallies.server.ts";
import { grouped, total, type Sum } from "./sum-tallies.ts";

export interface DedupStatus {
  readonly paired: Sum;
  /** No browser copy came: the sale that the browser alone would have lost. */
  readonly serverOnly: Sum;
  readonly browserOnly: Sum;
  readonly mismatched: Sum;
  readonly pending: Sum;
  /** Orders without a buyer's browser of their own: point of sale, drafts, subscriptions. */
  readonly withoutBrowser: Sum;
  /** Web orders whose pairing is decided. */
  readonly decided: number;
  /** paired / decided, 0 to 1; null while fewer than `FEWEST_DECIDED` are. */
  readonly rate: number | null;
  readonly byDay: readonly {
    readonly day: string;
    readonly paired: number;
    readonly serverOnly: number;
    readonly browserOnly: number;
    readonly mismatched: number;
  }[];
}

/** Share of web orders whose two copies meet that a healthy store reaches; the rest are ad blockers and closed tabs. */
export const PAIRED_GOAL = 0.8;

/** Of fewer a share says nothing. */
export const FEWEST_DECIDED = 20;

export function statusOfDedup(rows: readonly TallyRow[], days: readonly string[]): DedupStatus {
  const pairing = rows.filter((row) => row.metric === "pairing");
  const web = (state: string) => total(pairing.filter((row) => row.label === `web:${state}`));
  const [paired, serverOnly, browserOnly, mismatched] = [
    web("paired"),
    web("server_only"),
    web("browser_only"),
    web("mismatched"),
  ];
  const decided = paired.count + serverOnly.count + browserOnly.count + mismatched.count;
  const byDay = grouped(pairing, (row) => row.day);
  return {
    paired,
    serverOnly,
    browserOnly,
    mismatched,
    pending: web("pending"),
    withoutBrowser: total(pairing.filter((row) => row.label.startsWith("other:"))),
    decided,
    rate: decided < FEWEST_DECIDED ? null : paired.count / decided,
    byDay: days.map((day) => {
      const group = byDay.get(day) ?? [];
      const of = (state: string) => total(group.filter((row) => row.label === `web:${state}`)).count;
      return {
        day,
        paired: of("paired"),
        serverOnly: of("server_only"),
        browserOnly: of("browser_only"),
        mismatched: of("mismatched"),
      };
    }),
  };
}
