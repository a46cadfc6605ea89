import { copiesOf } from "../../../extensions/contract/events/copies-of.ts";
import { EVENTS } from "../../../extensions/contract/events/registry.ts";
import type { TallyRow } from "../../quality/read-tallies.server.ts";
import { grouped, total } from "../../quality/sum-tallies.ts";
import type { AuditedEvent, AuditedEventDay } from "./audit-facts.ts";

const DEAD = "dead:";

/**
 * A store's counts of the funnel as the audit reads them (labels: docs/decisions/0838). Pure.
 * @param chosen the store's column `events`
 */
export function eventsFromTallies(
  rows: readonly TallyRow[],
  chosen: unknown,
  days: readonly string[],
): readonly AuditedEvent[] {
  return EVENTS.toReversed().flatMap(({ name, from }): AuditedEvent[] => {
    const copies = copiesOf(chosen, name);
    if (from === "orders_paid" || copies === "off") return [];
    const own = grouped(
      rows.filter(({ label }) => label.startsWith(`${name}:`)),
      ({ day }) => day,
    );
    return [{ event: name, copies, days: days.map((day) => dayOf(name, day, own.get(day) ?? [])) }];
  });
}

function dayOf(name: string, day: string, rows: readonly TallyRow[]): AuditedEventDay {
  const counts = (metric: string) =>
    [
      ...grouped(
        rows.filter((row) => row.metric === metric),
        ({ label }) => label.slice(name.length + 1),
      ),
    ].map(([label, group]) => [label, total(group).count] as const);
  const funnel = new Map(counts("funnel"));
  const of = (label: string) => funnel.get(label) ?? 0;
  const refused = [...funnel].flatMap(([label, count]) =>
    label.startsWith(DEAD) ? [[label.slice(DEAD.length), count] as const] : [],
  );
  return {
    day,
    taken: of("taken"),
    paired: of("paired"),
    serverOnly: of("server_only"),
    browserOnly: of("browser_only"),
    neither: of("neither"),
    refused: Object.fromEntries(refused),
    shed: of("shed"),
    keys: Object.fromEntries(counts("funnel_key")),
  };
}
