import { reportEvent, reportState, type EventReport, type StateReport } from "../control/describe-state.ts";
import type { JournalEntry, Payload, SandboxWorld } from "../sandbox-world.ts";

const EVENTS_SHOWN = 60;
const REQUESTS_SHOWN = 25;

/** What the page shows: the sums, the latest events with the payloads still at hand, and the latest requests. */
export interface View {
  state: StateReport;
  events: (EventReport & { payloads: Payload[] })[];
  requests: JournalEntry[];
}

export function describeView(world: SandboxWorld): View {
  const payloads = world.payloads.items().reverse();
  const groups = new Map<string, Payload[]>();
  for (const payload of payloads) {
    const key = `${payload.dataset}\n${payload.name}\n${payload.id ?? `seq ${payload.seq}`}`;
    const group = groups.get(key);
    if (group !== undefined) group.push(payload);
    else if (groups.size < EVENTS_SHOWN) groups.set(key, [payload]);
  }
  const events = [...groups.values()].flatMap((group) => {
    const [latest] = group;
    const report = latest === undefined ? undefined : findReport(world, latest);
    return report === undefined ? [] : [{ ...report, payloads: group }];
  });
  return {
    state: reportState(world),
    events,
    requests: world.journal.items().slice(-REQUESTS_SHOWN).reverse(),
  };
}

function findReport(world: SandboxWorld, payload: Payload): EventReport | undefined {
  const dataset = world.dataset(payload.dataset);
  if (dataset === undefined) return undefined;
  const event =
    payload.id === null
      ? dataset.ledger.anonymous(payload.seq)
      : dataset.ledger.find(payload.name, payload.id);
  return event === undefined ? undefined : reportEvent(dataset.id, event);
}
