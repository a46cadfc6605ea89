import type { TallyRow } from "./read-tallies.server.ts";
import { grouped, total, type Sum } from "./sum-tallies.ts";

/** What became of one event of the funnel at one dataset; the labels stand in docs/decisions/0838. */
export interface FunnelFigures {
  /** Events that browsers reported. */
  readonly taken: Sum;
  /** What became of their browser copies, as the browsers said. */
  readonly browser: { readonly sent: number; readonly blocked: number; readonly failed: number };
  readonly copies: FunnelCopies;
  /** Taken in, and Meta has not answered yet. */
  readonly open: number;
  /** Server copies that Meta took, and all whose fate is known. */
  readonly delivered: number;
  readonly settled: number;
  /** Server copies that Meta refused for good, by the class of its answer; the most frequent first. */
  readonly refused: readonly { readonly class: string; readonly count: number }[];
  /** refused / settled, 0 to 1; null with too few of them to say. */
  readonly errorShare: number | null;
  /** Given up by the app for want of room, over all datasets: of these only the browser copy can have arrived. */
  readonly shed: number;
  readonly byDay: readonly (FunnelCopies & { readonly day: string; readonly open: number })[];
}

/** Which copies Meta has. */
export interface FunnelCopies {
  readonly paired: number;
  /** The browser alone would have lost them. */
  readonly serverOnly: number;
  readonly browserOnly: number;
  readonly neither: number;
}

/** Of fewer a share says nothing. */
export const FEWEST_SETTLED = 20;

const DEAD = "dead:";

/** @param rows counts of the period; `event` by Meta's name */
export function funnelFigures(
  rows: readonly TallyRow[],
  event: string,
  datasetId: bigint | null,
  days: readonly string[],
): FunnelFigures {
  const named = rows.filter((row) => row.metric === "funnel" && row.label.startsWith(`${event}:`));
  const own = named.filter((row) => row.datasetId === datasetId);
  const label = (row: TallyRow) => row.label.slice(event.length + 1);
  const sumOf = (group: readonly TallyRow[], name: string) =>
    total(group.filter((row) => label(row) === name));
  const of = (name: string) => sumOf(own, name).count;
  const refused = [
    ...grouped(
      own.filter((row) => label(row).startsWith(DEAD)),
      label,
    ),
  ]
    .map(([name, group]) => ({ class: name.slice(DEAD.length), count: total(group).count }))
    .filter((each) => each.count > 0)
    .sort((a, b) => b.count - a.count);
  const taken = sumOf(own, "taken");
  const copies = copiesIn(of);
  const settled = settledOf(copies);
  const dead = refused.reduce((sum, each) => sum + each.count, 0);
  const byDay = grouped(own, (row) => row.day);
  return {
    taken,
    browser: { sent: of("sent"), blocked: of("blocked"), failed: of("failed") },
    copies,
    open: Math.max(0, taken.count - settled),
    delivered: copies.paired + copies.serverOnly,
    settled,
    refused,
    errorShare: settled < FEWEST_SETTLED ? null : Math.min(1, dead / settled),
    shed: sumOf(named, "shed").count,
    byDay: days.map((day) => {
      const group = byDay.get(day) ?? [];
      const ofDay = copiesIn((name) => sumOf(group, name).count);
      return { day, ...ofDay, open: Math.max(0, sumOf(group, "taken").count - settledOf(ofDay)) };
    }),
  };
}

function copiesIn(of: (label: string) => number): FunnelCopies {
  return {
    paired: of("paired"),
    serverOnly: of("server_only"),
    browserOnly: of("browser_only"),
    neither: of("neither"),
  };
}

function settledOf({ paired, serverOnly, browserOnly, neither }: FunnelCopies): number {
  return paired + serverOnly + browserOnly + neither;
}
