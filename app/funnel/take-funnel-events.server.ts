import { LARGEST_REPORT } from "../../extensions/contract/funnel-report.ts";
import { pixelJson, pixelStatus, readPixelBody } from "../pairing/pixel-request.server.ts";
import { createTokenBuckets, type BucketSize } from "../pairing/token-buckets.ts";
import { createBodyBudget, type BodyLimits } from "../platform/http/body-budget.server.ts";
import { addressKeys } from "../platform/http/client-address.ts";
import type { IncomingRequest } from "../platform/http/incoming-request.server.ts";
import type { Clock } from "../platform/process/clock.ts";
import { judgeFailure } from "../platform/database/judge-failure.ts";
import type { Log } from "../platform/process/log.server.ts";
import type { Metrics } from "../platform/process/metrics.server.ts";
import type { FindFunnelStore } from "./funnel-stores.server.ts";
import type { FunnelWriter } from "./funnel-writer.server.ts";
import { isOwnOrigin } from "./judge-origin.ts";
import { planFunnelRows, type FunnelPlan } from "./plan-funnel-rows.ts";
import { readFunnelReport, type FunnelRequest } from "./read-funnel-report.ts";
import type { ShedTally } from "./shed-tally.server.ts";
import { createTurns } from "./take-turns.ts";

/**
 * POST /pixel/events, from the wire to the answer:
 * - 202 `{ taken, shed }`: stored, or stored before; `shed` were given up. A store that is not ours gets the same.
 * - 204: the visitor has not allowed marketing; nothing is kept.
 * - 400, 405, 408, 413, 415: no report of ours. 403: from another site.
 * - 429, 503: too many, or too much to do; `Retry-After` says when.
 */
export type TakeFunnelEvents = (request: IncomingRequest, address: string) => Promise<Response>;

/** Per process. Requests count once before they are read, their further events after it. */
export interface FunnelLimits {
  /** IPv4 addresses; of IPv6 the first 64 bits. An office or a mobile network shares one. */
  readonly perAddress: BucketSize;
  /** IPv4 /24, IPv6 /48. */
  readonly perNetwork: BucketSize;
  readonly perStore: BucketSize;
}

export const FUNNEL_LIMITS: FunnelLimits = {
  perAddress: { burst: 300, perSecond: 5 },
  perNetwork: { burst: 3_000, perSecond: 100 },
  perStore: { burst: 5_000, perSecond: 500 },
};

/** Of all bodies of events together; orders have a budget of their own. */
const BODY_LIMITS: BodyLimits = { bytes: 16 * 1024 * 1024, slowMs: 10_000, displaceAfterMs: 2_000 };
/** Requests of events in one turn of the event loop; each takes some tenths of a millisecond. */
const REQUESTS_PER_LOOP = 2;
/** Seconds. */
const RETRY_OVERLOAD = 10;

export interface TakeFunnelDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly findStore: FindFunnelStore;
  readonly writer: FunnelWriter;
  readonly shed: Pick<ShedTally, "add">;
  /** Events of a lower priority are given up now. */
  readonly leastPriority: () => number;
  readonly limits?: Partial<FunnelLimits>;
  readonly bodyLimits?: BodyLimits;
}

export function createTakeFunnelEvents(deps: TakeFunnelDeps): TakeFunnelEvents {
  const { clock, log, metrics } = deps;
  const limits = { ...FUNNEL_LIMITS, ...deps.limits };
  const bodies = createBodyBudget(deps.bodyLimits ?? BODY_LIMITS);
  const turns = createTurns(REQUESTS_PER_LOOP);
  const byAddress = createTokenBuckets(limits.perAddress, clock);
  const byNetwork = createTokenBuckets(limits.perNetwork, clock);
  const byStore = createTokenBuckets(limits.perStore, clock);
  const answered = (answer: string, response: Response): Response => {
    metrics.pixelRequests.inc({ route: "events", answer });
    return response;
  };

  /** The address first, the network only for what passes: who is refused uses up nothing that others need. */
  const takeFrom = (address: string, weight: number): number => {
    const { host, network } = addressKeys(address);
    return byAddress.take(host, weight) || byNetwork.take(network, weight);
  };

  const giveUp = (storeId: bigint, eventNames: readonly string[]): void => {
    for (const eventName of eventNames) deps.shed.add(storeId, eventName, 1);
  };

  /** @returns false where there is no room for any of it */
  const write = async (storeId: bigint, { rows, results }: FunnelPlan): Promise<boolean> => {
    giveUp(storeId, namesWith(results, "shed"));
    try {
      await deps.writer.write(rows);
      // A group's commit sets many free at once: they too go on a few at a time.
      await turns.next();
    } catch (error) {
      if (judgeFailure(error) === "fault") throw error;
      const lost = [...namesWith(results, "taken"), ...namesWith(results, "thin_identity")];
      giveUp(storeId, lost);
      for (const event of lost) metrics.funnelEvents.inc({ event, result: "shed" });
      return false;
    }
    for (const { eventName: event, result } of results) metrics.funnelEvents.inc({ event, result });
    return true;
  };

  const takeRead = async (report: FunnelRequest, request: IncomingRequest, address: string) => {
    if (report.consent.marketing !== true) return answered("no_consent", pixelStatus(204));
    const { length } = report.events;
    const wait = (length > 1 && takeFrom(address, length - 1)) || byStore.take(report.shop, length);
    if (wait > 0) return answered("limited", pixelStatus(429, wait));
    const store = await deps.findStore(report.shop);
    if (!isOwnOrigin(request.headers.get("origin"), store?.hosts ?? [report.shop]))
      return answered("foreign_origin", refusal(403, "foreign_origin"));
    const userAgent = report.userAgent ?? request.headers.get("user-agent") ?? undefined;
    const least = deps.leastPriority();
    const plan = planFunnelRows({
      report,
      store: store ?? UNKNOWN_STORE,
      client: { ip: address, userAgent },
      least,
      now: clock(),
    });
    if (store && !(await write(store.id, plan)))
      return answered("overloaded", refusal(503, "overloaded", RETRY_OVERLOAD));
    const shed = namesWith(plan.results, "shed").length;
    if (least === Infinity && shed > 0)
      return answered("overloaded", refusal(503, "overloaded", RETRY_OVERLOAD));
    const taken = plan.results.filter(
      ({ result }) => result === "taken" || result === "thin_identity",
    ).length;
    return answered(store ? "taken" : "unknown_store", pixelJson({ taken, shed }, 202));
  };

  return async (request, address) => {
    try {
      const wait = takeFrom(address, 1);
      if (wait > 0) return answered("limited", pixelStatus(429, wait));
      await turns.next();
      const body = await readPixelBody(bodies, request, LARGEST_REPORT);
      if (!body.ok) {
        const retry = body.status === 503 ? 1 : undefined;
        return answered(body.reason, refusal(body.status, body.reason, retry));
      }
      const report = readFunnelReport(body.value);
      if (!report) return answered("malformed", refusal(400, "malformed"));
      return await takeRead(report, request, address);
    } catch (error) {
      const reason = judgeFailure(error);
      log.error({ err: error, reason }, "events of the funnel could not be taken in");
      return answered(reason, refusal(503, "overloaded", RETRY_OVERLOAD));
    }
  };
}

/** Planned like a store with the defaults, and never written. */
const UNKNOWN_STORE = { id: 0n, events: {}, datasetIds: [], hosts: [] } as const;

function namesWith(results: FunnelPlan["results"], wanted: string): readonly string[] {
  return results.filter(({ result }) => result === wanted).map(({ eventName }) => eventName);
}

function refusal(status: number, reason: string, retryAfter?: number): Response {
  const response = pixelJson({ reason }, status);
  if (retryAfter !== undefined) response.headers.set("retry-after", String(retryAfter));
  return response;
}
