import { HOLDS, NOT_APPLICABLE, fails, notKnown, type Check, type EvidenceRow } from "../../check.ts";
import type { AuditedEvent, AuditFacts, ReceivedDay } from "../../facts/audit-facts.ts";

/** Meta's count and ours differ by time zones and retries; half as many again do not come from that. */
const TIMES = 1.5;
const FEWEST = 50;

/** Meta has received many more of an event than Tandem sent: a theme or another app sends it to the same dataset too. */
export const eventsSentTwice: Check = {
  code: "eventsSentTwice",
  area: "sender",
  severity: "high",
  source: "Tandem",
  threshold:
    "Meta received more than one and a half times as many of an event as Tandem sent, and at least 50 more, over the days of a file from Meta that lie in the last eight",
  fromFiles: false,
  mend: { url: "/app/settings#events", name: "audit.mend.eventChoices" },
  judge: (facts) => {
    const { store, datasets, funnel, received } = facts;
    if (!store || funnel === null) return notKnown("not_in_files");
    const both = funnel.filter(({ copies }) => copies === "both");
    if (datasets.length === 0 || both.length === 0) return NOT_APPLICABLE;
    const compared = both.flatMap((event) => compare(event, receivedOf(facts, received ?? [], event.event)));
    if (compared.length === 0) return notKnown("not_told");
    const more = compared.filter(({ sent, got }) => got > sent * TIMES && got - sent >= FEWEST);
    const [first] = more;
    if (!first) return HOLDS;
    return fails({
      severity: "high",
      certainty: "proven",
      since: first.since,
      values: { event: more.map(({ event }) => event).join(", "), got: first.got, sent: first.sent },
      evidence: more.map(({ event, got, sent }): EvidenceRow => ({
        text: "audit.evidence.eventReceived",
        values: { event, got, sent },
        url: `/app?event=${event}`,
      })),
    });
  },
};

function receivedOf(
  { datasets }: AuditFacts,
  received: readonly ReceivedDay[],
  event: string,
): readonly ReceivedDay[] {
  const ours = datasets.map(({ datasetId }) => datasetId);
  return received.filter(({ eventName, datasetId }) => eventName === event && ours.includes(datasetId));
}

interface Compared {
  readonly event: string;
  readonly since: string;
  /** Both copies of each event count: Meta tells what it received, not what it kept. */
  readonly sent: number;
  readonly got: number;
}

/** Both counts of the days that both sides tell of; today is not over. */
function compare({ event, days }: AuditedEvent, received: readonly ReceivedDay[]): readonly Compared[] {
  const told = days.slice(0, -1).filter(({ day }) => received.some((each) => each.day === day));
  const [first] = told;
  if (!first) return [];
  const got = received
    .filter((each) => told.some(({ day }) => day === each.day))
    .reduce((sum, { total }) => sum + total, 0);
  const sent = told.reduce(
    (sum, { paired, serverOnly, browserOnly }) => sum + 2 * paired + serverOnly + browserOnly,
    0,
  );
  return [{ event, since: first.day, sent, got }];
}
