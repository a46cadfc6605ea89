/**
 * A small Meta on localhost: the Conversions API, the Pixel's endpoint and script, token and quality checks, and a page
 * that shows what it received and counted. It knows nothing of app/ and judges it as Meta would. Its rules and where they
 * live: sandbox/README.md.
 */
import { listen } from "../http/express-server.ts";
import { reportEvents, reportState } from "./control/describe-state.ts";
import type { EventFilter, EventReport, StateReport } from "./control/describe-state.ts";
import type { Fault } from "./faults/fault.ts";
import type { NewAccessToken } from "./graph/access-tokens.ts";
import { metaApp } from "./http/meta-app.ts";
import type { NewDataset } from "./receive/dataset.ts";
import type { ClockChange } from "./sandbox-clock.ts";
import { SandboxWorld } from "./sandbox-world.ts";
import type { JournalEntry, Payload, WorldOptions } from "./sandbox-world.ts";

export interface MetaOptions extends WorldOptions {
  /** 0 (default) takes a free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
}

export interface MetaSandbox {
  /** `http://127.0.0.1:PORT`, also the page. */
  url: string;
  /** What META_GRAPH_URL takes: no version, no slash at the end. */
  graphUrl: string;
  trUrl: string;
  fbeventsUrl: string;
  /** Sandbox time in ms. */
  now(): number;
  addDataset(dataset: NewDataset): void;
  /** Registers or changes a token and returns it; made up when none is given. */
  addToken(token: NewAccessToken): string;
  /** Replaces all faults. */
  setFaults(faults: readonly Fault[]): void;
  addFault(fault: Fault): void;
  bendClock(change: ClockChange): void;
  state(): StateReport;
  /** Everything received, one entry per dataset, event name and event ID. */
  events(filter?: EventFilter): EventReport[];
  event(dataset: string, name: string, id: string): EventReport | undefined;
  /** The last full payloads, oldest first. */
  payloads(): Payload[];
  /** The last requests to the Graph API, oldest first. */
  requests(): JournalEntry[];
  /** Forgets what was received ("received"), or that and datasets, tokens, faults and clock ("everything", default). */
  reset(what?: "received" | "everything"): void;
  close(): Promise<void>;
}

/** Starts the sandbox; throws only when the port is taken. */
export async function startMeta(options: MetaOptions = {}): Promise<MetaSandbox> {
  const world = new SandboxWorld(options);
  const { host = "127.0.0.1" } = options;
  const server = await listen(metaApp(world), options.port, host);
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${server.port}`;
  return {
    url,
    graphUrl: url,
    trUrl: `${url}/tr/`,
    fbeventsUrl: `${url}/en_US/fbevents.js`,
    now: () => world.clock.now(),
    addDataset: (dataset) => void world.addDataset(dataset),
    addToken: (token) => world.tokens.add(token).token,
    setFaults: (faults) => world.faults.set(faults),
    addFault: (fault) => world.faults.add(fault),
    bendClock: (change) => world.clock.bend(change),
    state: () => reportState(world),
    events: (filter) => [...reportEvents(world, filter)],
    event: (dataset, name, id) => reportEvents(world, { dataset, name, id }).next().value ?? undefined,
    payloads: () => world.payloads.items(),
    requests: () => world.journal.items(),
    reset: (what = "everything") => world.reset(what),
    close: () => server.close(),
  };
}
