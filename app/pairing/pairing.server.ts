import pLimit from "p-limit";

import { parseBrowserReport } from "../conversions/parse-browser-report.ts";
import { createBodyBudget, type BodyBudget } from "../platform/http/body-budget.server.ts";
import { addressKeys } from "../platform/http/client-address.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import { judgeFailure } from "../platform/database/judge-failure.ts";
import type { Log } from "../platform/process/log.server.ts";
import type { Metrics } from "../platform/process/metrics.server.ts";
import { DEFAULT_POOL_SIZE, halfOfPool } from "../platform/database/pool-share.ts";
import type { CallAdmin } from "../stores/shopify/call-admin.server.ts";
import { answerCheckout, DEFAULT_WAIT_TIMES, type WaitTimes } from "./answer-checkout.server.ts";
import { answerOrderPage, parseOrderPage } from "./answer-order-page.server.ts";
import { createFindStore } from "./find-conversion.server.ts";
import { createFireTickets } from "./fire-ticket.server.ts";
import type { TakeInOrder } from "../intake/order-arrival.ts";
import { createLookUpOrder } from "./look-up-order.server.ts";
import { createOrderWaiters } from "./order-waiters.server.ts";
import { pixelJson, pixelStatus, readPixelBody } from "./pixel-request.server.ts";
import { parseHeartbeat } from "./record-heartbeat.server.ts";
import { parseFiredReport, recordOutcome } from "./record-outcome.server.ts";
import { createTakeHeartbeat } from "./take-heartbeat.server.ts";
import { createTokenBuckets, type BucketSize } from "./token-buckets.ts";
import { createTrimUnknownReports, type UnknownReportLimits } from "./trim-unknown-reports.server.ts";
import type { ProxyCaller, VerifyProxy } from "./verify-proxy.server.ts";
import { createWaitingPlaces } from "./waiting-places.ts";

/** The browser's side: every request of a pixel or a storefront page, from the wire to the answer. */
export interface Pairing {
  /**
   * POST /pixel/checkout: holds the request until the order is known, at most ten seconds.
   * @param callerGone aborted when the page has been closed: its place is free at once
   */
  checkout(request: Request, address: string, callerGone?: AbortSignal): Promise<Response>;
  /** POST /pixel/checkout/fired */
  fired(request: Request, address: string): Promise<Response>;
  /** POST /proxy/heartbeat, through Shopify's app proxy */
  heartbeat(request: Request): Promise<Response>;
  /** POST /proxy/order */
  order(request: Request): Promise<Response>;
  /** POST /proxy/fired */
  proxyFired(request: Request): Promise<Response>;
  /** Answers every waiting report with 503 now: the pixel asks once more, of another process. */
  stopWaiting(): void;
  /** Reports that wait now. */
  readonly waiting: number;
}

export interface PairingOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly callAdmin: CallAdmin;
  readonly takeInOrder: TakeInOrder;
  readonly verifyProxy: VerifyProxy;
  /** Base64 keys for tickets: the current one first. */
  readonly keys: readonly string[];
  readonly limits?: Partial<PairingLimits>;
  readonly times?: Partial<WaitTimes>;
  /** Shared with whatever else reads bodies of strangers. */
  readonly bodies?: BodyBudget;
  readonly unknownReportLimits?: UnknownReportLimits;
  /** Connections of this process to the database; browsers' questions use half of them at most. Default 10. */
  readonly poolSize?: number;
}

/** Per process. */
export interface PairingLimits {
  /** IPv4 addresses; of IPv6 the first 64 bits. */
  readonly perAddress: BucketSize;
  /** IPv4 /24, IPv6 /48: who has many addresses has them next to each other. */
  readonly perNetwork: BucketSize;
  readonly perStore: BucketSize;
  /** Reports kept without a known order, per store. */
  readonly unknownPerStore: BucketSize;
  /** Heartbeats of themes that are not known, which come through Shopify's addresses, per store. */
  readonly newThemesPerStore: BucketSize;
  /** Questions of order pages, and what became of their copies, per signed-in customer or ticket: charged first. */
  readonly orderPagePerCaller: BucketSize;
  /** The same, per store. */
  readonly orderPagePerStore: BucketSize;
  /** Reports that may wait at the same time. */
  readonly waiting: number;
  /** Of these, from one address. */
  readonly waitingPerAddress: number;
  /** Of these, for one store. */
  readonly waitingPerStore: number;
}

/** An office or a mobile network shares one address; a store in a flash sale has thirty checkouts a second. */
const DEFAULT_LIMITS: PairingLimits = {
  perAddress: { burst: 60, perSecond: 1 },
  perNetwork: { burst: 1_000, perSecond: 50 },
  perStore: { burst: 1_000, perSecond: 50 },
  unknownPerStore: { burst: 600, perSecond: 10 },
  newThemesPerStore: { burst: 20, perSecond: 1 },
  orderPagePerCaller: { burst: 20, perSecond: 0.2 },
  orderPagePerStore: { burst: 200, perSecond: 5 },
  waiting: 5_000,
  waitingPerAddress: 60,
  waitingPerStore: 1_500,
};

const REPORT_BYTES = 8_192;
const PROXY_BYTES = 4_096;

export function createPairing(options: PairingOptions): Pairing {
  const { database, clock, log, metrics, verifyProxy } = options;
  const bodies = options.bodies ?? createBodyBudget();
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const byAddress = createTokenBuckets(limits.perAddress, clock);
  const byNetwork = createTokenBuckets(limits.perNetwork, clock);
  const byStore = createTokenBuckets(limits.perStore, clock);
  /** The address first, the network only for what passes: who is refused uses up nothing that others need. */
  const takeFrom = (address: string): number => {
    const { host, network } = addressKeys(address);
    return byAddress.take(host) || byNetwork.take(network);
  };
  const addressPlaces = createWaitingPlaces({ all: limits.waiting, each: limits.waitingPerAddress });
  const storePlaces = createWaitingPlaces({ all: limits.waiting, each: limits.waitingPerStore });
  const orderCallers = createTokenBuckets(limits.orderPagePerCaller, clock);
  const orderPages = createTokenBuckets(limits.orderPagePerStore, clock);
  /** A proxied request has Shopify's address: whom Shopify's signature or our ticket names is charged first. */
  const takeFromCaller = (route: string, shop: string, caller: string): number =>
    orderCallers.take(`${route} ${shop} ${caller}`) || orderPages.take(`${route} ${shop}`);
  const takeHeartbeat = createTakeHeartbeat({
    database,
    clock,
    newThemes: createTokenBuckets(limits.newThemesPerStore, clock),
  });
  const findStore = createFindStore(database);
  const waiters = createOrderWaiters({ database, log });
  const answering = {
    database,
    clock,
    log,
    metrics,
    findStore,
    waiters,
    tickets: createFireTickets(options.keys, clock),
    lookUp: createLookUpOrder(options),
    gate: pLimit(halfOfPool(options.poolSize ?? DEFAULT_POOL_SIZE)),
    unknownReports: createTokenBuckets(limits.unknownPerStore, clock),
    trimUnknown: createTrimUnknownReports(database, options.unknownReportLimits),
    times: { ...DEFAULT_WAIT_TIMES, ...options.times },
  };
  const answered = (route: string, answer: string, response: Response): Response => {
    metrics.pixelRequests.inc({ route, answer });
    return response;
  };
  /** A database that is away: the pixel asks once more. */
  const guarded = async (route: string, work: () => Promise<Response>): Promise<Response> => {
    try {
      return await work();
    } catch (error) {
      log.error({ err: error, route }, "a browser's request could not be answered");
      return answered(route, judgeFailure(error), pixelStatus(503, 1));
    }
  };
  const proxied = (
    route: string,
    request: Request,
    work: (caller: ProxyCaller, body: unknown) => Promise<Response>,
  ): Promise<Response> =>
    guarded(route, async () => {
      const caller = await verifyProxy(request);
      if (!caller) return answered(route, "not_signed", pixelStatus(401));
      const body = await readPixelBody(bodies, request, PROXY_BYTES);
      if (!body.ok)
        return answered(route, body.reason, pixelStatus(body.status, body.status === 503 ? 1 : undefined));
      return work(caller, body.value);
    });
  const outcome = async (route: string, value: unknown): Promise<Response> => {
    const fired = parseFiredReport(value);
    if (!fired) return answered(route, "malformed", pixelStatus(400));
    const isNews = await recordOutcome(answering, fired);
    return answered(route, isNews ? fired.outcome : "ignored", pixelStatus(204));
  };

  return {
    get waiting() {
      return waiters.size;
    },
    stopWaiting: () => waiters.stop(),
    checkout: (request, address, callerGone = request.signal) =>
      guarded("checkout", async () => {
        const wait = takeFrom(address);
        if (wait > 0) return answered("checkout", "limited", pixelStatus(429, wait));
        const body = await readPixelBody(bodies, request, REPORT_BYTES);
        if (!body.ok)
          return answered(
            "checkout",
            body.reason,
            pixelStatus(body.status, body.status === 503 ? 1 : undefined),
          );
        const parsed = parseBrowserReport(body.value, {
          ...(address ? { ip: address } : {}),
          receivedAt: clock(),
        });
        if (!parsed.ok) return answered("checkout", "malformed", pixelStatus(400));
        const received = { ...parsed.received, shop: parsed.received.shop.toLowerCase() };
        const storeWait = byStore.take(received.shop);
        if (storeWait > 0) return answered("checkout", "limited", pixelStatus(429, storeWait));
        const leaveAddress = addressPlaces.take(addressKeys(address).host);
        const leaveStore = leaveAddress && storePlaces.take(received.shop);
        if (!leaveStore) {
          leaveAddress?.();
          return answered("checkout", "full", pixelStatus(503, 1));
        }
        metrics.waitingPolls.inc();
        const took = metrics.pollSeconds.startTimer();
        let by = "failed";
        try {
          const answer = await answerCheckout(answering, received, address, callerGone);
          by = typeof answer === "string" ? answer : answer.fire ? "fire" : answer.reason;
          return answered(
            "checkout",
            by,
            typeof answer === "string" ? pixelStatus(503, 1) : pixelJson(answer),
          );
        } finally {
          took({ answer: by });
          leaveStore();
          leaveAddress();
          metrics.waitingPolls.dec();
        }
      }),
    fired: (request, address) =>
      guarded("fired", async () => {
        const wait = takeFrom(address);
        if (wait > 0) return answered("fired", "limited", pixelStatus(429, wait));
        const body = await readPixelBody(bodies, request, REPORT_BYTES);
        if (!body.ok)
          return answered(
            "fired",
            body.reason,
            pixelStatus(body.status, body.status === 503 ? 1 : undefined),
          );
        return outcome("fired", body.value);
      }),
    heartbeat: (request) =>
      proxied("heartbeat", request, async ({ shop }, value) => {
        const beat = parseHeartbeat(value);
        if (!beat) return answered("heartbeat", "malformed", pixelStatus(400));
        const storeId = await findStore(shop);
        const taken = storeId === undefined ? "unknown_store" : await takeHeartbeat(storeId, beat);
        if (typeof taken === "number") return answered("heartbeat", "limited", pixelStatus(429, taken));
        return answered("heartbeat", taken, pixelStatus(204));
      }),
    order: (request) =>
      proxied("order", request, async ({ shop, customerId }, value) => {
        const report = parseOrderPage(value, clock());
        if (!report) return answered("order", "malformed", pixelStatus(400));
        // Who is not signed in has no order: nothing is asked or charged for them.
        const wait = customerId === undefined ? 0 : takeFromCaller("order", shop, customerId);
        if (wait > 0) return answered("order", "limited", pixelStatus(429, wait));
        const storeId = customerId === undefined ? undefined : await findStore(shop);
        const answer =
          storeId === undefined
            ? ({ fire: false, reason: "unknown_order" } as const)
            : await answerOrderPage(answering, { storeId, customerId, report });
        return answered("order", answer.fire ? "fire" : answer.reason, pixelJson(answer));
      }),
    proxyFired: (request) =>
      proxied("proxy_fired", request, async ({ shop }, value) => {
        const ticket = parseFiredReport(value)?.ticket;
        const reportId = ticket === undefined ? undefined : answering.tickets.read(ticket);
        // Without a ticket of ours nothing is read or written.
        const wait = reportId === undefined ? 0 : takeFromCaller("fired", shop, String(reportId));
        if (wait > 0) return answered("proxy_fired", "limited", pixelStatus(429, wait));
        return outcome("proxy_fired", value);
      }),
  };
}
