import type { Limit } from "p-limit";

import type { ReceivedReport } from "../conversions/parse-browser-report.ts";
import type { Log } from "../platform/process/log.server.ts";
import type { Metrics } from "../platform/process/metrics.server.ts";
import { answerReport, type AnswerDependencies, type PixelAnswer } from "./answer-report.server.ts";
import { hashCheckoutToken, isSameHash } from "../conversions/order/checkout-token.ts";
import { findConversion, type FindStore } from "./find-conversion.server.ts";
import { keepReport } from "./keep-report.server.ts";
import type { LookUpOrder } from "./look-up-order.server.ts";
import type { OrderWaiter, OrderWaiters, Wake } from "./order-waiters.server.ts";
import type { TokenBuckets } from "./token-buckets.ts";
import type { TrimUnknownReports } from "./trim-unknown-reports.server.ts";

export interface WaitTimes {
  /** From the question to the answer that nothing is known. Milliseconds. */
  readonly answerMs: number;
  /** From the question to asking Shopify instead of waiting for its webhook. Milliseconds. */
  readonly lookUpMs: number;
  /** The last look happens so long before the end that its duration cannot be seen in the answer's. Milliseconds. */
  readonly lastLookMs: number;
}

export const DEFAULT_WAIT_TIMES: WaitTimes = { answerMs: 10_000, lookUpMs: 2_500, lastLookMs: 400 };

/** What brought a report and its order together. */
export type MetBy =
  /** The order was there when the browser asked. */
  | "order_stored"
  /** It came while the browser waited, by its webhook. */
  | "order_awaited"
  /** It came after Shopify had been asked for it: by that, or by its webhook after all. */
  | "after_lookup"
  /** It came after the browser had gone, and found the report that was kept. */
  | "report_kept"
  /** A signed-in customer looked at it again. */
  | "order_page";

export interface CheckoutDependencies extends AnswerDependencies {
  readonly metrics: Pick<Metrics, "meetings">;
  readonly log: Log;
  readonly findStore: FindStore;
  readonly waiters: OrderWaiters;
  readonly lookUp: LookUpOrder;
  /** How many reports without a known order are kept, per store. */
  readonly unknownReports: TokenBuckets;
  /** Told of each of them. */
  readonly trimUnknown: TrimUnknownReports;
  readonly times: WaitTimes;
  /** How much of the database the waiting reports may use at once; the rest is the webhooks'. */
  readonly gate: Limit;
}

/** `stopped`: this process is going down, ask another; `gone`: nobody waits for an answer. */
export type CheckoutOutcome = PixelAnswer | "stopped" | "gone";

type Known =
  | { readonly kind: "match"; readonly conversionId: bigint; readonly orderId: string }
  | { readonly kind: "other" };

/**
 * One question of a web pixel, from the report to the decision. It answers at once when the order is known to be paid and the
 * checkout token is the order's own; otherwise it waits for the webhook, asks Shopify once, looks a last time and answers
 * when the time is up. An unknown store, an unknown order and a wrong token are one case: same answer, same moment.
 */
export async function answerCheckout(
  deps: CheckoutDependencies,
  received: ReceivedReport,
  address: string,
  signal: AbortSignal,
): Promise<CheckoutOutcome> {
  const started = performance.now();
  const left = (until: number) => until - (performance.now() - started);
  const tokenHash = hashCheckoutToken(received.report.checkoutToken);
  const { orderId } = received.report;
  const storeId = await deps.gate(() => deps.findStore(received.shop));
  // A store that is not ours goes the same way, under an ID that no row has: it takes as long.
  const question: Question = { deps, received, storeId: storeId ?? NO_STORE, tokenHash };
  const waiter = await deps.waiters.open({ storeId: question.storeId, orderId, tokenHash });
  try {
    let known = await look(question);
    if (known?.kind === "match") return await settle(question, known, "order_stored");
    if (!known) await keepUnknown(question);
    const early = await waiter.wait(left(deps.times.lookUpMs), signal);
    if (early === "stopped" || early === "gone") return early;

    if (!known) known = await look(question);
    if (known?.kind === "match") return await settle(question, known, "order_awaited");
    // Beside the wait, not in it: a slow Shopify must not show in the moment of the answer.
    let isAwaitingPayment = false;
    if (!known && storeId !== undefined)
      void lookUp(question, address).then((isAwaiting) => {
        isAwaitingPayment = isAwaiting;
      });

    // Woken by the lookup's own intake, by the webhook after all, or by the clock.
    let wake: Wake = "stored";
    while (wake === "stored") {
      wake = await waiter.wait(left(deps.times.answerMs - deps.times.lastLookMs), signal);
      if (wake === "stopped" || wake === "gone") return wake;
      known = await look(question);
      if (known?.kind === "match") return await settle(question, known, "after_lookup");
    }
    const end = await waitOut(waiter, left(deps.times.answerMs), signal);
    return typeof end === "object" && isAwaitingPayment ? { fire: false, reason: "awaiting_payment" } : end;
  } finally {
    waiter.close();
  }
}

const NO_STORE = 0n;

interface Question {
  readonly deps: CheckoutDependencies;
  readonly received: ReceivedReport;
  readonly storeId: bigint;
  readonly tokenHash: string;
}

async function look({ deps, received, storeId, tokenHash }: Question): Promise<Known | undefined> {
  const { orderId } = received.report;
  const found = await deps.gate(() => findConversion(deps.database, { storeId, orderId, tokenHash }));
  if (!found) return undefined;
  return isSameHash(found.tokenHash, tokenHash) ? { kind: "match", ...found } : { kind: "other" };
}

async function settle(
  question: Question,
  known: { readonly conversionId: bigint; readonly orderId: string },
  by: MetBy,
): Promise<PixelAnswer> {
  question.deps.metrics.meetings.inc({ by });
  const row = rowOf(question, known.orderId);
  return question.deps.gate(() =>
    answerReport(question.deps, known.conversionId, row, question.received.shopifyEventId),
  );
}

function rowOf({ deps, received, storeId, tokenHash }: Question, orderId: string) {
  const receivedAt = received.report.receivedAt ?? deps.clock();
  return {
    storeId,
    orderId,
    tokenHash,
    source: "checkout_pixel",
    report: received.report,
    receivedAt,
  } as const;
}

async function keepUnknown(question: Question): Promise<void> {
  const { orderId } = question.received.report;
  if (orderId === undefined || question.storeId === NO_STORE) return;
  if (question.deps.unknownReports.take(question.received.shop) > 0) return;
  await question.deps.gate(async () => {
    const isKept = await keepReport(question.deps.database, rowOf(question, orderId));
    if (isKept) await question.deps.trimUnknown(question.storeId);
  });
}

/** @returns true when Shopify says that the order is this buyer's and not paid; a paid one is taken in and wakes us. */
async function lookUp(question: Question, address: string): Promise<boolean> {
  const { deps, received, storeId, tokenHash } = question;
  const { orderId, checkoutToken } = received.report;
  const looked = await deps.lookUp({
    storeId,
    shop: received.shop,
    orderId,
    checkoutToken,
    tokenHash,
    address,
  });
  if (looked.kind !== "awaiting_payment") return false;
  await keepReport(deps.database, rowOf(question, looked.orderId), "awaiting_payment").catch(
    (error: unknown) =>
      deps.log.warn({ err: error }, "a browser's report of an unpaid order could not be kept"),
  );
  return true;
}

async function waitOut(
  waiter: OrderWaiter,
  milliseconds: number,
  signal: AbortSignal,
): Promise<CheckoutOutcome> {
  const end = performance.now() + milliseconds;
  for (let left = milliseconds; left > 0; left = end - performance.now()) {
    const wake = await waiter.wait(left, signal);
    if (wake === "stopped" || wake === "gone") return wake;
  }
  return { fire: false, reason: "unknown_order" };
}
