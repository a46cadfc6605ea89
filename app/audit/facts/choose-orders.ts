import { isSentOutcome } from "../../pairing/browser-outcome.ts";
import type { AuditedOrder, AuditedServerCopy, SentCopy } from "./audited-order.ts";

/** Of fewer orders a share says nothing. */
export const FEWEST_ORDERS = 30;

/** Orders that are sales: Shopify's test orders are not. */
export function realOrders(orders: readonly AuditedOrder[]): readonly AuditedOrder[] {
  return orders.filter(({ isTest }) => !isTest);
}

/** Sales with a buyer's browser of their own. */
export function webOrders(orders: readonly AuditedOrder[]): readonly AuditedOrder[] {
  return realOrders(orders).filter(({ hasBrowserCopy }) => hasBrowserCopy);
}

/** The copies of an order that Meta took. */
export function deliveredCopies({ server }: AuditedOrder): readonly AuditedServerCopy[] {
  return server.filter(({ state }) => state === "delivered");
}

export function isDelivered(order: AuditedOrder): boolean {
  return deliveredCopies(order).length > 0;
}

/** What left the server, as far as it is still known. */
export function sentCopies({ server }: AuditedOrder): readonly SentCopy[] {
  return server.flatMap(({ sent, state }) => (sent !== null && state !== "skipped" ? [sent] : []));
}

/** An order's two copies where both left and both are still known. */
export function bothCopies(
  order: AuditedOrder,
): { readonly browser: SentCopy; readonly server: SentCopy } | undefined {
  const { browser } = order;
  const server = deliveredCopies(order).find(({ sent }) => sent !== null)?.sent;
  return browser?.copy && server && isSentOutcome(browser.outcome)
    ? { browser: browser.copy, server }
    : undefined;
}

/** How far apart an order's two copies left, milliseconds; undefined where one of them did not. */
export function gapOfCopies(order: AuditedOrder): number | undefined {
  const sentAt = deliveredCopies(order).find(({ firstSentAt }) => firstSentAt !== null)?.firstSentAt;
  const firedAt = order.browser?.outcomeAt;
  if (bothCopies(order) === undefined || typeof sentAt !== "number" || typeof firedAt !== "number")
    return undefined;
  return Math.abs(firedAt - sentAt);
}
