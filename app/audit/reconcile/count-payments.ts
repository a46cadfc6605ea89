import { readId } from "../../conversions/read-json.ts";
import { shift } from "../../quality/store-period.ts";
import type { LIST_PAYMENTS } from "../../stores/shopify/admin-operations.ts";
import { nextPage, type AnswerOf } from "../../stores/shopify/answer-kinds.ts";
import { paidAtOf } from "../../stores/shopify/order-from-graphql.ts";
import type { DaySpan } from "./choose-shopify-days.ts";

/** An order's payment as one page of LIST_PAYMENTS tells it. */
export interface Payment {
  /** Digits. */
  readonly orderId: string;
  /** Unix milliseconds. */
  readonly paidAt: number;
  /** In the shop's currency; null where Shopify did not tell. */
  readonly amount: number | null;
  readonly currency: string | null;
  /** What of it was given back since; null where Shopify did not tell. */
  readonly refunded: number | null;
}

/**
 * Test orders are no payments and are left out.
 * @returns undefined for an answer that is no such page, or names an order without saying when it was paid: a part must
 *   not pass for the whole
 */
export function readPayments({
  orders,
}: AnswerOf<typeof LIST_PAYMENTS>):
  { readonly payments: readonly Payment[]; readonly next: string | null } | undefined {
  const nodes = orders?.nodes;
  const next = nextPage(orders?.pageInfo);
  if (!nodes || next === undefined) return undefined;
  const payments: Payment[] = [];
  for (const node of nodes) {
    if (node?.test === true) continue;
    const orderId = readId(node ?? undefined, "legacyResourceId");
    const paidAt = node ? paidAtOf(node) : undefined;
    if (orderId === undefined || paidAt === undefined) return undefined;
    const money = node?.totalPriceSet?.shopMoney;
    const amount = Number(money?.amount ?? NaN);
    const left = Number(node?.currentTotalPriceSet?.shopMoney?.amount ?? NaN);
    payments.push({
      orderId,
      paidAt,
      amount: Number.isFinite(amount) ? amount : null,
      currency: money?.currencyCode ?? null,
      // An edit can also add to an order: nothing was given back then.
      refunded: Number.isFinite(amount - left) ? Math.max(0, amount - left) : null,
    });
  }
  return { payments, next };
}

export interface CountedDay {
  readonly day: string;
  readonly orders: number;
  /** null where not every order told, or they told several currencies. */
  readonly amount: number | null;
  readonly currency: string | null;
  /** What of the amount was given back since; null where the amount or a part of this is not known. */
  readonly refunded: number | null;
}

/**
 * Payments by day, every day of the span, also one without any. An order that two pages listed counts once. Pure.
 * @param dayOf the store's calendar day of a time, YYYY-MM-DD
 */
export function countPayments(
  payments: Iterable<Payment>,
  { from, to }: DaySpan,
  dayOf: (at: number) => string,
): readonly CountedDay[] {
  const days = new Map<string, Payment[]>();
  for (let day = from; day <= to; day = shift(day, 1)) days.set(day, []);
  const seen = new Set<string>();
  for (const payment of payments) {
    if (seen.has(payment.orderId)) continue;
    seen.add(payment.orderId);
    days.get(dayOf(payment.paidAt))?.push(payment);
  }
  return [...days].map(([day, paid]) => {
    const currencies = new Set(paid.map(({ currency }) => currency));
    const [currency = null] = currencies;
    const isWhole = currencies.size === 1 && currency !== null && paid.every(({ amount }) => amount !== null);
    const sum = paid.reduce((all, { amount }) => all + (amount ?? 0), 0);
    return {
      day,
      orders: paid.length,
      amount: isWhole ? sum : null,
      currency: isWhole ? currency : null,
      refunded:
        isWhole && paid.every(({ refunded }) => refunded !== null)
          ? paid.reduce((all, { refunded }) => all + (refunded ?? 0), 0)
          : null,
    };
  });
}
