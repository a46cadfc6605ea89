import type { EventName } from "../../extensions/contract/events/registry.ts";
import { DEFAULT_EVENT } from "./default-event.ts";

/** States of a server copy, and what became of a browser copy, as `funnel_event` keeps them. */
export const FUNNEL_STATES = ["waiting", "delivered", "dead"] as const;
export type FunnelState = (typeof FUNNEL_STATES)[number];
export const FUNNEL_OUTCOMES = ["sent", "blocked", "failed"] as const;
export type FunnelOutcome = (typeof FUNNEL_OUTCOMES)[number];

/** What the log of one event can be narrowed to, as it stands in the address. Something unknown counts as not asked for. */
export interface FunnelLogFilters {
  readonly state: readonly FunnelState[];
  readonly outcome: readonly FunnelOutcome[];
  /** Row ID of one of the store's datasets. */
  readonly dataset: string | null;
  /** A whole event ID; empty for any. */
  readonly eventId: string;
}

const LONGEST_ID = 100;

export function readFunnelFilters(query: URLSearchParams): FunnelLogFilters {
  const list = <Value extends string>(name: string, known: readonly Value[]) => {
    const asked = query.get(name)?.split(",") ?? [];
    return known.filter((value) => asked.includes(value));
  };
  const dataset = query.get("dataset");
  return {
    state: list("state", FUNNEL_STATES),
    outcome: list("outcome", FUNNEL_OUTCOMES),
    dataset: dataset !== null && /^\d{1,18}$/.test(dataset) ? dataset : null,
    eventId: (query.get("q") ?? "").trim().slice(0, LONGEST_ID),
  };
}

/** The same in an address, with the event. */
export function writeFunnelFilters(event: EventName, filters: Partial<FunnelLogFilters>): URLSearchParams {
  const query = new URLSearchParams();
  const put = (name: string, value: string | null | undefined) => {
    if (value) query.set(name, value);
  };
  put("event", event === DEFAULT_EVENT ? null : event);
  put("state", filters.state?.join(","));
  put("outcome", filters.outcome?.join(","));
  put("dataset", filters.dataset);
  put("q", filters.eventId);
  return query;
}

/** The address of the log of one event with these filters. */
export function funnelLogUrl(event: EventName, filters: Partial<FunnelLogFilters>): string {
  const query = writeFunnelFilters(event, filters);
  return query.size === 0 ? "/app/events" : `/app/events?${query.toString()}`;
}
