import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { Log } from "../platform/process/log.server.ts";

/**
 * Counts what was given up, by store and event, and adds it to the store's tallies every few seconds: under overload a
 * statement for each would be more of what there is too much of. A process that is killed loses the last seconds of it.
 */
export interface ShedTally {
  add(storeId: bigint, eventName: string, events: number): void;
  /** Writes what has been counted. Never throws: what could not be written is tried again with the next. */
  flush(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

const EVERY_MS = 5_000;
/** Stores times events: past this, what is given up of further stores shows in the metric alone. */
const MOST_COUNTERS = 20_000;

export function createShedTally(deps: {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}): ShedTally {
  let counts = new Map<string, { readonly storeId: bigint; readonly eventName: string; events: number }>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const add = (storeId: bigint, eventName: string, events: number): void => {
    const key = `${storeId} ${eventName}`;
    const known = counts.get(key);
    if (known) known.events += events;
    else if (counts.size < MOST_COUNTERS) counts.set(key, { storeId, eventName, events });
  };
  const write = async (): Promise<void> => {
    if (counts.size === 0) return;
    const taken = [...counts.values()];
    counts = new Map();
    try {
      await addTallies(deps.database, taken, deps.clock());
    } catch (error) {
      deps.log.warn({ err: error }, "events that were given up could not be counted; trying again");
      for (const { storeId, eventName, events } of taken) add(storeId, eventName, events);
    }
  };
  const flush = (): Promise<void> => (writing = writing.then(write));

  return {
    add,
    flush,
    start: () => {
      timer ??= setInterval(() => void flush(), EVERY_MS).unref();
    },
    stop: async () => {
      clearInterval(timer);
      await flush();
    },
  };
}

async function addTallies(
  { direct }: Database,
  counted: readonly { readonly storeId: bigint; readonly eventName: string; readonly events: number }[],
  now: number,
): Promise<void> {
  const rows = counted.map(({ storeId, eventName, events }) => ({
    store_id: String(storeId),
    event_name: eventName,
    events,
  }));
  await direct.$executeRaw`
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, count)
    SELECT s.id, 0, (${new Date(now)}::timestamptz AT TIME ZONE s.time_zone)::date, 'funnel', i.event_name || ':shed', i.events
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS i(store_id bigint, event_name text, events bigint)
    JOIN store s ON s.id = i.store_id`;
}
