import type { Fault } from "../faults/fault.ts";
import type { NewAccessToken } from "../graph/access-tokens.ts";
import type { NewDataset } from "../receive/dataset.ts";
import type { ClockChange } from "../sandbox-clock.ts";
import type { JournalEntry, Payload } from "../sandbox-world.ts";
import type { EventFilter, EventReport, StateReport } from "./describe-state.ts";

/** A sandbox that runs in another process, steered through its control API. Every call throws when it is refused. */
export interface RemoteMeta {
  url: string;
  addDataset(dataset: NewDataset): Promise<void>;
  /** Registers or changes a token and returns it. */
  addToken(token: NewAccessToken): Promise<string>;
  setFaults(faults: readonly Fault[]): Promise<void>;
  addFault(fault: Fault): Promise<void>;
  bendClock(change: ClockChange): Promise<void>;
  state(): Promise<StateReport>;
  events(filter?: EventFilter): Promise<EventReport[]>;
  payloads(): Promise<Payload[]>;
  requests(): Promise<JournalEntry[]>;
  reset(what?: "received" | "everything"): Promise<void>;
}

/** `url` is the sandbox's own, such as `http://127.0.0.1:4020`. */
export function connectMeta(url: string): RemoteMeta {
  const get = async (path: string): Promise<Response> => checked(await fetch(`${url}/__control/${path}`));
  const post = async (path: string, body: object): Promise<Response> =>
    checked(
      await fetch(`${url}/__control/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    );
  const drain = async (answer: Promise<Response>): Promise<void> => void (await (await answer).arrayBuffer());
  return {
    url,
    addDataset: (dataset) => drain(post("datasets", dataset)),
    addToken: async (token) => ((await (await post("tokens", token)).json()) as { token: string }).token,
    setFaults: (faults) => drain(post("faults", { faults })),
    addFault: (fault) => drain(post("faults/add", { faults: [fault] })),
    bendClock: (change) => drain(post("clock", change)),
    state: async () => (await (await get("state")).json()) as StateReport,
    events: async (filter = {}) => {
      const text = await (await get(`events?${new URLSearchParams({ ...filter }).toString()}`)).text();
      return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as EventReport]));
    },
    payloads: async () => (await (await get("payloads")).json()) as Payload[],
    requests: async () => (await (await get("requests")).json()) as JournalEntry[],
    reset: (what = "everything") => drain(post("reset", { what })),
  };
}

async function checked(answer: Response): Promise<Response> {
  if (!answer.ok) throw new Error(`sandbox/meta refused (${answer.status}): ${await answer.text()}`);
  return answer;
}
