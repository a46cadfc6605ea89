import type { Database } from "../../platform/database/database.server.ts";
import type { Clock } from "../../platform/process/clock.ts";
import type { Log } from "../../platform/process/log.server.ts";
import { dayIn, knownTimeZone, shift } from "../../quality/store-period.ts";
import { zoneOffsets } from "../../quality/zone-offsets.server.ts";
import { COUNT_ORDERS, LIST_PAYMENTS } from "../../stores/shopify/admin-operations.ts";
import { askPatiently, leaveRoom } from "../../stores/shopify/ask-patiently.server.ts";
import type { CallAdmin } from "../../stores/shopify/call-admin.server.ts";
import { chooseShopifyDays, type DaySpan } from "./choose-shopify-days.ts";
import { countPayments, readPayments, type CountedDay, type Payment } from "./count-payments.ts";
import { startOfDay } from "./start-of-day.ts";

/**
 * What Shopify counts as paid, by day (docs/decisions/0830). A store with few orders is listed, so that each counts on the
 * day that it was paid, with its amount; a large one is counted by Shopify, by the day that the order was placed, and
 * without amounts.
 */
export interface ShopifyDaysDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly callAdmin: CallAdmin;
}

/** Orders changed since the first of the days up to which they are listed: 50 pages. */
export const MOST_LISTED = 2_500;
/** A sale that was refunded since was a sale on its day. */
const PAID_QUERY =
  "(financial_status:paid OR financial_status:partially_refunded OR financial_status:refunded) test:false";

/** For every installed store, one after the other. Safe to cut off and to repeat. */
export async function askShopifyDays(
  deps: ShopifyDaysDependencies,
  signal: AbortSignal,
): Promise<{ readonly asked: number; readonly failed: number }> {
  const { prisma } = deps.database;
  const stores = await prisma.store.findMany({
    where: { state: "installed" },
    select: { id: true, shop: true, timeZone: true, installedAt: true },
    orderBy: { id: "asc" },
  });
  let [asked, failed] = [0, 0];
  for (const store of stores) {
    if (signal.aborted) break;
    const newest = await prisma.shopifyDay.findFirst({
      where: { storeId: store.id },
      orderBy: { day: "desc" },
      select: { day: true },
    });
    const timeZone = knownTimeZone(store.timeZone);
    const now = deps.clock();
    const span = chooseShopifyDays({
      timeZone,
      now,
      installedAt: store.installedAt.getTime(),
      newest: newest?.day.toISOString().slice(0, 10) ?? null,
    });
    if (span === null) continue;
    const days = await askDays(deps, { shop: store.shop, timeZone, span }, signal);
    if (typeof days === "string") {
      failed += 1;
      if (!signal.aborted)
        deps.log.warn(
          { shop: store.shop, reason: days },
          "Shopify's paid orders by day could not be read; asked again within the hour",
        );
      continue;
    }
    await storeDays(deps.database, store.id, days, now);
    asked += 1;
  }
  return { asked, failed };
}

interface DaysQuestion {
  readonly shop: string;
  readonly timeZone: string;
  readonly span: DaySpan;
}

/** @returns why not, where they could not be read */
async function askDays(
  deps: ShopifyDaysDependencies,
  question: DaysQuestion,
  signal: AbortSignal,
): Promise<readonly CountedDay[] | string> {
  const { timeZone, span } = question;
  const offsets = zoneOffsets(timeZone, deps.clock());
  // An order that was paid on a day was changed by its payment, on that day or later.
  const changed = `updated_at:>='${iso(startOfDay(span.from, offsets))}' ${PAID_QUERY}`;
  const size = await countOrders(deps, question.shop, changed, signal);
  if (typeof size === "string") return size;
  if (size <= MOST_LISTED) return listDays(deps, question, changed, signal);
  const days: CountedDay[] = [];
  for (let day = span.from; day <= span.to; day = shift(day, 1)) {
    const placed = `processed_at:>='${iso(startOfDay(day, offsets))}' processed_at:<'${iso(startOfDay(shift(day, 1), offsets))}'`;
    const orders = await countOrders(deps, question.shop, `${placed} ${PAID_QUERY}`, signal);
    if (typeof orders === "string") return orders;
    days.push({ day, orders, amount: null, currency: null, refunded: null });
  }
  return days;
}

async function countOrders(
  deps: ShopifyDaysDependencies,
  shop: string,
  query: string,
  signal: AbortSignal,
): Promise<number | string> {
  const answer = await askPatiently(() => deps.callAdmin(shop, COUNT_ORDERS, { query }), signal);
  if (!answer.ok) return answer.message;
  await leaveRoom(answer.throttle, signal);
  const told = answer.data.ordersCount;
  return told?.precision === "EXACT" && typeof told.count === "number"
    ? told.count
    : "Shopify did not tell an exact count";
}

async function listDays(
  deps: ShopifyDaysDependencies,
  { shop, timeZone, span }: DaysQuestion,
  query: string,
  signal: AbortSignal,
): Promise<readonly CountedDay[] | string> {
  const payments: Payment[] = [];
  const cursors = new Set<string>();
  for (let after: string | null = null; ;) {
    if (signal.aborted) return "cut off";
    const from: string | null = after;
    const answer = await askPatiently(
      () => deps.callAdmin(shop, LIST_PAYMENTS, { query, after: from }),
      signal,
    );
    if (!answer.ok) return answer.message;
    const page = readPayments(answer.data);
    if (!page) return "Shopify's list of payments could not be read";
    payments.push(...page.payments);
    if (page.next === null) return countPayments(payments, span, (at) => dayIn(timeZone, at));
    // Pages that go round in a circle have no end, nor has a list that grows faster than it is read.
    if (cursors.has(page.next) || payments.length > 2 * MOST_LISTED)
      return "Shopify's list of payments has no end";
    cursors.add(page.next);
    after = page.next;
    await leaveRoom(answer.throttle, signal);
  }
}

async function storeDays(
  { prisma }: Database,
  storeId: bigint,
  days: readonly CountedDay[],
  now: number,
): Promise<void> {
  await prisma.$executeRaw`
    INSERT INTO shopify_day (store_id, day, orders, amount, currency, refunded, asked_at)
    SELECT ${storeId}::bigint, w.day::date, w.orders, w.amount::numeric, w.currency, w.refunded::numeric, ${new Date(now)}::timestamptz
    FROM unnest(${days.map(({ day }) => day)}::text[], ${days.map(({ orders }) => orders)}::int[],
                ${days.map(({ amount }) => amount?.toFixed(4) ?? null)}::text[],
                ${days.map(({ currency }) => currency)}::text[],
                ${days.map(({ refunded }) => refunded?.toFixed(4) ?? null)}::text[]) AS w(day, orders, amount, currency, refunded)
    ON CONFLICT (store_id, day) DO UPDATE SET orders = excluded.orders, amount = excluded.amount,
      currency = excluded.currency, refunded = excluded.refunded, asked_at = excluded.asked_at`;
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
