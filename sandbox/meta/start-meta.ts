/**
 * A small Meta on localhost: the Conversions API, the Pixel's endpoint and script, token and quality checks, and a page
 * that shows what it received and counted. It knows nothing of app/ and judges it as Meta would. Its rules and where they
 * live: sandbox/README.md.
 */
import { listen } from "../http/express-server.ts";
import { reportEvents, reportState, type EventFilter } from "./control/describe-state.ts";
import type { Fault } from "./faults/fault.ts";
import type { NewAccessToken } from "./graph/access-tokens.ts";
import { metaApp } from "./http/meta-app.ts";
import { putMetaBooks, takeMetaBooks, type MetaBooks } from "./meta-books.ts";
import type { NewDataset } from "./receive/dataset.ts";
import type { ClockChange } from "./sandbox-clock.ts";
import { SandboxWorld, type WorldOptions } from "./sandbox-world.ts";

interface MetaOptions extends WorldOptions {
  /** 0 (default) takes a free port. */
  port?: number;
}

/** Starts the sandbox; throws only when the port is taken. */
export async function startMeta(options: MetaOptions = {}) {
  const world = new SandboxWorld(options);
  const server = await listen(metaApp(world), options.port);
  const url = `http://127.0.0.1:${server.port}`;
  return {
    /** `http://127.0.0.1:PORT`, also the page. */
    url,
    /** What META_GRAPH_URL takes: no version, no slash at the end. */
    graphUrl: url,
    trUrl: `${url}/tr/`,
    fbeventsUrl: `${url}/en_US/fbevents.js`,
    /** Sandbox time in ms. */
    now: () => world.clock.now(),
    addDataset: (dataset: NewDataset): void => void world.addDataset(dataset),
    /** Registers or changes a token and returns it; made up when none is given. */
    addToken: (token: NewAccessToken): string => world.tokens.add(token).token,
    /** Replaces all faults. */
    setFaults: (faults: readonly Fault[]): void => world.faults.set(faults),
    addFault: (fault: Fault): void => world.faults.add(fault),
    bendClock: (change: ClockChange): void => world.clock.bend(change),
    state: () => reportState(world),
    /** Everything received, one entry per dataset, event name and event ID. */
    events: (filter?: EventFilter) => [...reportEvents(world, filter)],
    event: (dataset: string, name: string, id: string) =>
      reportEvents(world, { dataset, name, id }).next().value ?? undefined,
    /** The last full payloads, oldest first. */
    payloads: () => world.payloads.items(),
    /** The last requests to the Graph API, oldest first. */
    requests: () => world.journal.items(),
    /** Forgets what was received ("received"), or that and datasets, tokens, faults and clock ("everything"). */
    reset: (what: "received" | "everything" = "everything"): void => world.reset(what),
    /** What it knows, for another start, and that other start. */
    takeBooks: () => takeMetaBooks(world),
    putBooks: (books: MetaBooks): void => putMetaBooks(world, books),
    close: () => server.close(),
  };
}
export type MetaSandbox = Awaited<ReturnType<typeof startMeta>>;
