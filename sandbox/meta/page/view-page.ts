import { type CopyReport, reportEvent, reportState, type EventReport } from "../control/describe-state.ts";
import type { SandboxWorld, Payload } from "../sandbox-world.ts";
import type { Fault } from "../faults/fault.ts";

type Event = EventReport & { payloads: Payload[] };
type Tone = "good" | "warn" | "bad" | "";

/** What became of an event, in a sentence, and whether that is as it should be. */
function verdictOf({ counted, copies, kept, id, differences }: Event): { text: string; tone: Tone } {
  const differ =
    differences.length > 0 ? `. Copies differ: ${differences.join(", ")}`.replaceAll("_", " ") : "";
  if (counted > 1) {
    const text = `Counted ${counted} times: a copy came more than 48 hours after the first${differ}`;
    return { text, tone: "bad" };
  }
  if (new Set(copies.map(({ channel }) => channel)).size === 2) {
    const text = `Counted once; the ${kept} copy is kept, the other discarded${differ}`;
    return { text, tone: differ === "" ? "good" : "warn" };
  }
  return id === null
    ? { text: "Counted; without an event ID no second copy could be recognised", tone: "warn" }
    : { text: `Counted once; only the ${kept} sent it`, tone: "good" };
}

/** What became of a copy, in the words of the verdict above it. */
function fateOf(copy: CopyReport, event: Event): string {
  if (copy.outcome === "repeat") return "repeat, discarded";
  if (event.counted > 1)
    return { counted: "counted", deduplicated: "discarded", doubled: "counted again" }[copy.outcome];
  return copy.channel === event.kept ? "kept" : "discarded";
}

function viewEvent(event: Event) {
  return {
    key: `${event.dataset} ${event.name} ${event.id ?? event.copies[0]?.seq}`,
    title: `${event.name} ${event.id ?? "(no event ID)"}`,
    dataset: event.dataset,
    verdict: verdictOf(event),
    // A channel that sent nothing has its column all the same, so that both copies always stand side by side.
    columns: (["browser", "server"] as const).map((channel) => ({
      title: channel === "browser" ? "Browser copy" : "Server copy",
      copies: event.copies
        .filter((copy) => copy.channel === channel)
        .map((copy) => ({
          ...copy,
          fate: fateOf(copy, event),
          value: copy.value === undefined ? "none" : `${copy.value} ${copy.currency ?? "(no currency)"}`,
          keys: copy.keys.join(", ") || "none",
          testCode: copy.testCode ?? null,
          payload: event.payloads.find(({ seq }) => seq === copy.seq)?.payload ?? null,
        })),
    })),
  };
}

const listing = (record: object): string =>
  Object.entries(record)
    .map(([name, times]) => `${name.replaceAll("_", " ")}: ${String(times)}`)
    .join(", ") || "none";

/** The page's data: what the control API's view has, put into the words and the order of the page. */
export function viewPage(world: SandboxWorld) {
  const { state, events, requests } = describeView(world);
  const { totals, counters } = state;
  const sum = (name: string, value: number, tone: Tone = "") => ({ name, value, tone });
  const badIfAny = (value: number): Tone => (value > 0 ? "bad" : "");
  return {
    now: state.now,
    sums: [
      sum("Received", totals.received),
      sum("Counted", totals.counted),
      sum("Deduplicated", totals.deduplicated, "good"),
      sum("Repeats discarded", totals.browserRepeats + totals.serverRepeats),
      sum("Counted twice", totals.doubled, badIfAny(totals.doubled)),
      sum("Tokens in URLs", counters.tokensInUrl, badIfAny(counters.tokensInUrl)),
    ],
    datasets: state.datasets.map(({ id, name, totals: own, byName, refused, notes }) => ({
      id,
      name,
      numbers: [
        own.browser,
        own.server,
        own.counted,
        own.deduplicated,
        own.browserRepeats + own.serverRepeats,
      ],
      doubled: own.doubled,
      names: Object.entries(byName)
        .map(
          ([event, sums]) =>
            `${event}: ${sums.browser} browser, ${sums.server} server, ${sums.counted} counted`,
        )
        .join("; "),
      refused: listing(refused),
      notes: listing(notes),
    })),
    faults: state.faults.map(({ fault, struck }) => ({ text: JSON.stringify(fault), struck })),
    presets: Object.entries(PRESETS).map(([name, fault]) => ({ name, fault: JSON.stringify(fault) })),
    often: Object.entries(OFTEN).map(([name, aim]) => ({ name, aim: JSON.stringify(aim) })),
    requests: requests.map((entry) => ({
      ...entry,
      answer:
        entry.status === 0
          ? "no answer"
          : [entry.status, entry.code, entry.subcode].filter((part) => part !== null).join(" / "),
      tone: entry.status === 200 && entry.fault === null ? "good" : "warn",
    })),
    events: events.map(viewEvent),
  };
}

const EVENTS_SHOWN = 60;
const REQUESTS_SHOWN = 25;

/** What the page shows: the sums, the latest events with the payloads still at hand, and the latest requests. */
export function describeView(world: SandboxWorld) {
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

/** The faults the page offers, under the words it shows. */
export const PRESETS: Record<string, Fault> = {
  "Slow: 1 to 3 s": { kind: "latency", ms: 1000, jitterMs: 2000 },
  "HTTP 500, code 2": { kind: "server_error", status: 500, code: 2 },
  "HTTP 503, code 1": { kind: "server_error", status: 503, code: 1 },
  "HTML page, 502": { kind: "html", status: 502 },
  "JSON breaks off (events taken in)": { kind: "truncated_json" },
  "Reset before reading": { kind: "reset", when: "before" },
  "Reset after taking in": { kind: "reset", when: "after" },
  "No answer, nothing taken in": { kind: "timeout", when: "before" },
  "No answer, taken in": { kind: "timeout", when: "after" },
  "Down: nobody there": { kind: "down" },
  "Throttled, 80004 on 400": { kind: "throttled", code: 80_004 },
  "Throttled, 4, Retry-After 30 s": { kind: "throttled", code: 4, subcode: 1_504_022, retryAfter: 30 },
  "Token expired, 190/463": { kind: "token_error", subcode: 463 },
  "App removed, 190/458": { kind: "token_error", subcode: 458 },
  "Permission lost, 200": { kind: "permission", code: 200 },
  "200 without events_received": { kind: "no_events_received" },
  "All but the last event taken in": { kind: "fewer_received" },
  "Not ready, 21009": { kind: "not_ready" },
  "Blocked, 368": { kind: "blocked" },
};

export const OFTEN: Record<string, Partial<Fault>> = {
  "every request": {},
  "the next request": { times: 1 },
  "the next 5 requests": { times: 5 },
  "one request in five": { probability: 0.2 },
};
