import type { Copies } from "../../extensions/contract/events/event-declaration.ts";
import { copiesOf, declaredEvent } from "../../extensions/contract/events/copies-of.ts";
import { EVENTS, type EventName } from "../../extensions/contract/events/registry.ts";
import { DEFAULT_EVENT } from "./default-event.ts";

/** The events that a page can be about, the ones worth most first. */
export const EVENT_CHOICES: readonly EventName[] = EVENTS.map(({ name }) => name).toReversed();

/** Meta's name of the event that the address asks for; one that is not declared counts as not asked for. */
export function readEventChoice(query: URLSearchParams): EventName {
  return EVENT_CHOICES.find((name) => name === query.get("event")) ?? DEFAULT_EVENT;
}

/** Whether the event is one of a visit, counted apart from orders. */
export function isFunnelEvent(name: EventName): boolean {
  return declaredEvent(name)?.from !== "orders_paid";
}

/** Which copies a store makes of it, as far as that decides what there is to see. */
export function chosenCopies(store: { readonly events: unknown }, name: EventName): Copies {
  return copiesOf(store.events, name);
}
