import { USED_BY_ANOTHER_ORDER } from "../conversions/event-id.ts";
import type { Dropped } from "../conversions/model.ts";
import { isUntold } from "../conversions/note-gaps.ts";
import type { Text } from "../texts/texts.ts";
import "../texts/areas/verdicts.ts";

export interface NotedEvent {
  readonly actionSource: string;
  readonly orderNumber: string | null;
  /** The stored conversion's own notes; empty after the retention time. */
  readonly dropped: readonly Dropped[];
  /** Keys of customer information that a server copy carried: what a browser told later is among them. */
  readonly sentKeys: readonly string[];
  /** The order of this store that has the event ID this one asked for; null = none, or it is not kept any more. */
  readonly numberOwner: { readonly orderId: string; readonly orderName: string | null } | null;
}

/** Whether another order has the number that would have been this order's event ID. */
export function isNumberTaken(dropped: readonly Dropped[]): boolean {
  return dropped.some(
    ({ reason, from }) => reason === USED_BY_ANOTHER_ORDER && from === "order.order_number",
  );
}

/** What a merchant should know of how this purchase became an event. Pure. */
export function eventNotes(event: NotedEvent): readonly Text[] {
  const missing = event.dropped.filter(({ key }) => !event.sentKeys.includes(key));
  const hasNoAgent =
    event.actionSource === "website" && missing.some(({ key }) => key === "client_user_agent");
  const untold = missing.filter(isUntold).map(({ key }) => key);
  return [
    ...(isNumberTaken(event.dropped) ? [numberTaken(event)] : []),
    ...(hasNoAgent ? [{ key: "verdicts.notes.noBrowserDetails" } as const] : []),
    ...(untold.length > 0 ? [{ key: "verdicts.notes.asked" } as const] : []),
    ...untold.flatMap((key) => (key in UNTOLD ? [{ key: UNTOLD[key as keyof typeof UNTOLD] }] : [])),
  ];
}

const UNTOLD = {
  client_user_agent: "verdicts.notes.untoldAgent",
  fbc: "verdicts.notes.untoldClick",
  em: "verdicts.notes.untoldEmail",
} as const;

function numberTaken({ orderNumber, numberOwner }: NotedEvent): Text {
  const number = orderNumber ?? "–";
  if (numberOwner === null) return { key: "verdicts.notes.numberTaken", values: { number } };
  const values = { number, order: numberOwner.orderId, name: numberOwner.orderName ?? "" };
  return {
    key: numberOwner.orderName === null ? "verdicts.notes.numberTakenBy" : "verdicts.notes.numberTakenByName",
    values,
  };
}
