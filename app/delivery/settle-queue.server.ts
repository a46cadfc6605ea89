import type { EventsAnswer } from "../meta/classify-answer.ts";
import { settlePairing } from "../pairing/settle-pairing.server.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import { Refused, createGroupWriter } from "../platform/database/group-writer.ts";
import type { Log } from "../platform/process/log.server.ts";
import type { Metrics } from "../platform/process/metrics.server.ts";
import { isRefusedByValue, sqlStateOf } from "../platform/database/sql-state.server.ts";
import { settleDeliveries } from "./settle-deliveries.server.ts";
import type { AttemptRecord, Settled, SettledDelivery } from "./settle-deliveries.server.ts";

/**
 * Settlements that arrive while one is being written are written together with the next: a thousand small stores with
 * one event each cost a few statements, not a thousand.
 */
export interface SettleQueue {
  /** Resolves when it is written, or when it was given up (the lease then runs out and the event goes again). */
  settle(deliveries: readonly SettledDelivery[], unlinked?: readonly AttemptRecord[]): Promise<void>;
  idle(): Promise<void>;
}

interface Part {
  readonly deliveries: readonly SettledDelivery[];
  readonly unlinked: readonly AttemptRecord[];
}

/** Deliveries per statement: a payload is about 2 kB. */
const LARGEST_GROUP = { server: 2_000, embedded: 100 };
const PATIENCE: readonly number[] = [100, 500, 1_000, 2_000, 5_000, 5_000, 5_000];
/** The bound is the worker's own: it has only so many deliveries in hand. */
const MOST_WAITING = 100_000;
/** Longer than all of the patience for a group and the one before it. */
const LONGEST_WAIT_MS = 120_000;

export function createSettleQueue(deps: {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly wait: (ms: number) => Promise<void>;
}): SettleQueue {
  /** One statement for all; tried again for a while when the database is away, never when it refuses a value. */
  const writeGroup = async (parts: readonly Part[]): Promise<readonly true[]> => {
    const deliveries = parts.flatMap((part) => part.deliveries);
    const unlinked = parts.flatMap((part) => part.unlinked);
    for (let attempt = 0; ; attempt += 1) {
      try {
        const settled = await settleDeliveries(deps.database, deliveries, unlinked, deps.clock());
        for (const { state } of settled) deps.metrics.deliveries.inc({ state });
        deps.log.debug({ settled: settled.map(describe) }, "deliveries settled");
        const lost = deliveries.length - settled.length;
        if (lost > 0) deps.log.warn({ lost }, "leases ran out before their deliveries were settled");
        await pair(settled);
        return parts.map(() => true);
      } catch (error) {
        const pause = PATIENCE[attempt];
        if (pause === undefined || isRefusedByValue(error)) throw error;
        deps.log.warn({ sqlState: sqlStateOf(error), err: error }, "settling failed; trying again");
        await deps.wait(pause);
      }
    }
  };

  /** The server's side of each pair. What fails here is made up for by the job that closes pairings. */
  const pair = async (settled: readonly Settled[]): Promise<void> => {
    const ended = settled.filter(({ state }) => state !== "retrying" && state !== "held");
    const conversionIds = [...new Set(ended.map(({ conversionId }) => conversionId))];
    await settlePairing(deps.database, conversionIds, deps.clock(), deps.metrics).catch((error: unknown) =>
      deps.log.warn({ err: error }, "pairings could not be brought up to date"),
    );
  };

  const writer = createGroupWriter<Part, true>({
    writeGroup,
    isRefusal: isRefusedByValue,
    largestGroup: LARGEST_GROUP[deps.database.kind],
    weightOf: ({ deliveries }) => Math.max(1, deliveries.length),
    mostWaiting: MOST_WAITING,
    longestWaitMs: LONGEST_WAIT_MS,
  });

  const settle = async (part: Part): Promise<void> => {
    try {
      await writer.write(part);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // Whatever Meta said that cannot be stored, what became of the events must be: an accepted one never goes again.
      deps.log.error(
        { sqlState: sqlStateOf(error.cause), deliveries: part.deliveries.length },
        "an answer of Meta's could not be stored; settled without its text",
      );
      await writer.write(withoutDetails(part));
    }
  };

  return {
    settle: async (deliveries, unlinked = []) => {
      if (deliveries.length + unlinked.length === 0) return;
      await settle({ deliveries, unlinked }).catch((error: unknown) =>
        deps.log.error(
          { sqlState: sqlStateOf(error), err: error, deliveries: deliveries.length },
          "settlement failed; deliveries are retried when their leases run out",
        ),
      );
    },
    idle: () => writer.idle(),
  };
}

/** Their IDs lead back to the order: `conversion` stands in the line "order taken in", and in the address of the event's page. */
function describe({ id, conversionId, state }: Settled): object {
  return { delivery: String(id), conversion: String(conversionId), state };
}

/** What became of each event, and nothing of what was said or sent. */
function withoutDetails({ deliveries }: Part): Part {
  return {
    unlinked: [],
    deliveries: deliveries.map((each) => ({
      ...each,
      attempt: each.attempt && { ...each.attempt, answer: withoutTexts(each.attempt.answer) },
      event: null,
      message: null,
    })),
  };
}

function withoutTexts(answer: EventsAnswer): EventsAnswer {
  if (answer.kind !== "rejected") return { ...answer, fbtraceId: null };
  return {
    ...answer,
    code: null,
    subcode: null,
    message: "Meta's answer could not be stored",
    fbtraceId: null,
  };
}
