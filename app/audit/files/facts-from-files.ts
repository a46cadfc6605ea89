import { hasBrowserCopy } from "../../conversions/order/sale-kinds.ts";
import type { Sum } from "../../quality/sum-tallies.ts";
import type { AuditedDay, AuditFacts } from "../facts/audit-facts.ts";
import type { AuditedOrder, AuditedServerCopy, SentCopy } from "../facts/audited-order.ts";
import type { FileEvent } from "./file-event.ts";
import type { MatchedFiles, MatchedOrder } from "./match-files.ts";

/** As many orders as the checks look at one by one; days count all of them. */
export const MOST_LOOKED_AT = 20_000;
/** Our name for what no file says: which dataset it was. */
const DATASET = "file";
const DAY_MS = 86_400_000;

/**
 * The facts that files tell, for the checks that the app runs. What only the app or a store could know is null, so that a
 * check answers "not known" and never "holds". Pure.
 */
export function factsFromFiles(files: MatchedFiles, now: number): AuditFacts {
  const paid = files.orders.filter(({ order }) => order.isPaid);
  const list = paid.slice(0, MOST_LOOKED_AT).map(auditedOrder);
  return {
    now,
    today: files.orderDays?.to ?? new Date(now).toISOString().slice(0, 10),
    store: null,
    datasets: [],
    sharedDatasets: null,
    storefront: null,
    days: daysOf(paid),
    orders: { list, isAll: list.length === paid.length, from: list.at(-1)?.day ?? null },
    strayReports: null,
    funnel: null,
    shopify: null,
    received: null,
    apiDaysLeft: 0,
  };
}

/** A side that no file names counts as the server's: the file has the event, and a log is a server's. */
export function splitSides(events: readonly FileEvent[]): {
  readonly browser: readonly FileEvent[];
  readonly server: readonly FileEvent[];
} {
  return {
    browser: events.filter(({ side }) => side === "browser"),
    server: events.filter(({ side }) => side !== "browser"),
  };
}

export function auditedOrder({ order, events }: MatchedOrder): AuditedOrder {
  const { browser, server } = splitSides(events);
  const [report] = browser;
  const worth =
    order.total === null || order.currency === null
      ? null
      : { currency: order.currency, amount: order.total };
  return {
    ref: String(order.line),
    orderId: order.orderId ?? order.name,
    name: order.name,
    day: order.day,
    source: order.source,
    hasBrowserCopy: hasBrowserCopy(order.source),
    isTest: order.isTest,
    eventId: server[0]?.eventId ?? report?.eventId ?? null,
    eventTime: server[0]?.at ?? report?.at ?? null,
    paidAt: order.paidAt ?? order.placedAt ?? Date.parse(`${order.day}T00:00:00Z`),
    receivedAt: null,
    via: "file",
    value: order.total,
    currency: order.currency,
    worth,
    country: order.country,
    keys: order.keys,
    dropped: null,
    landedByAd: order.landedByAd,
    consent: null,
    pairing: pairingOf(browser, server),
    // A repeat of the same ID is another fault than a second ID.
    server: [...new Map(server.map((each) => [each.eventId, each])).values()].map(serverCopy),
    browser: report
      ? {
          receivedAt: report.at ?? 0,
          answer: "fire",
          outcome: "sent",
          outcomeAt: report.at,
          clockAhead: null,
          copy: sentCopy(report),
        }
      : null,
    browserSends: browser.length,
  };
}

function pairingOf(browser: readonly FileEvent[], server: readonly FileEvent[]): string {
  if (browser.length === 0) return server.length === 0 ? "pending" : "server_only";
  if (server.length === 0) return "browser_only";
  return server.some(({ eventId }) => browser.some((each) => each.eventId === eventId))
    ? "paired"
    : "mismatched";
}

function serverCopy(event: FileEvent): AuditedServerCopy {
  return {
    dataset: DATASET,
    state: "delivered",
    skipReason: null,
    failure: null,
    firstSentAt: null,
    askedAt: null,
    expiresAt: event.at === null ? null : event.at + 7 * DAY_MS,
    keys: [],
    sent: sentCopy(event),
  };
}

function sentCopy(event: FileEvent): SentCopy {
  return {
    eventName: event.name,
    eventId: event.eventId,
    eventTime: event.at,
    actionSource: null,
    value: event.value,
    currency: event.currency,
    contentIds: null,
    externalIds: null,
  };
}

function daysOf(orders: readonly MatchedOrder[]): readonly AuditedDay[] {
  const days = Map.groupBy(
    orders.filter(({ order }) => !order.isTest),
    ({ order }) => order.day,
  );
  return [...days].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([day, of]) => dayOf(day, of));
}

function dayOf(day: string, orders: readonly MatchedOrder[]): AuditedDay {
  const states = Map.groupBy(orders, ({ events }) => {
    const { browser, server } = splitSides(events);
    return pairingOf(browser, server);
  });
  const of = (state: string) => sumOf(states.get(state) ?? []);
  const delivered = orders.filter(({ events }) => splitSides(events).server.length > 0);
  const none = sumOf([]);
  return {
    day,
    orders: sumOf(orders),
    pairing: {
      paired: of("paired"),
      server_only: of("server_only"),
      browser_only: of("browser_only"),
      mismatched: of("mismatched"),
      pending: of("pending"),
    },
    datasets: {
      [DATASET]: {
        delivered: sumOf(delivered),
        open: none,
        failed: none,
        skipped: {},
        keys: {},
        requests: {},
      },
    },
  };
}

function sumOf(orders: readonly MatchedOrder[]): Sum {
  const worth = new Map<string, number>();
  for (const { order } of orders)
    if (order.currency !== null && order.total !== null)
      worth.set(order.currency, (worth.get(order.currency) ?? 0) + order.total);
  return {
    count: orders.length,
    worth: [...worth]
      .map(([currency, amount]) => ({ currency, amount }))
      .toSorted((a, b) => (a.currency < b.currency ? -1 : 1)),
  };
}
