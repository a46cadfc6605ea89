import type { AuditedEvent, AuditedEventDay } from "./audit-facts.ts";

/** An event's counts of some days together. */
export interface EventSum {
  readonly event: string;
  readonly taken: number;
  readonly paired: number;
  readonly serverOnly: number;
  readonly browserOnly: number;
  readonly neither: number;
  /** Those whose fate is known. */
  readonly settled: number;
  /** Server copies that Meta took. */
  readonly delivered: number;
  readonly refused: ReadonlyMap<string, number>;
  readonly shed: number;
  key(name: string): number;
}

/** The newest days of an event, today included. */
export function sumEvent({ event, days }: AuditedEvent, count: number): EventSum {
  const window = days.slice(-count);
  const of = (pick: (day: AuditedEventDay) => number) => window.reduce((sum, day) => sum + pick(day), 0);
  const refused = new Map<string, number>();
  for (const day of window)
    for (const [name, dead] of Object.entries(day.refused))
      refused.set(name, (refused.get(name) ?? 0) + dead);
  const [paired, serverOnly] = [of((day) => day.paired), of((day) => day.serverOnly)];
  const [browserOnly, neither] = [of((day) => day.browserOnly), of((day) => day.neither)];
  return {
    event,
    taken: of((day) => day.taken),
    paired,
    serverOnly,
    browserOnly,
    neither,
    settled: paired + serverOnly + browserOnly + neither,
    delivered: paired + serverOnly,
    refused,
    shed: of((day) => day.shed),
    key: (name) => of(({ keys }) => keys[name] ?? 0),
  };
}

/** The first of an event's newest days of which something is so. */
export function sinceDay(
  { days }: AuditedEvent,
  count: number,
  isSo: (day: AuditedEventDay) => boolean,
): string | null {
  return days.slice(-count).find(isSo)?.day ?? null;
}
