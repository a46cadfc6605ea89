import { readEventFilters, writeEventFilters, type EventFilters } from "../../quality/event-filters.ts";

/** The address of the event log with these filters. */
export function eventsUrl(filters: Partial<EventFilters>): string {
  const query = writeEventFilters({ ...readEventFilters(new URLSearchParams()), ...filters });
  return query.size === 0 ? "/app/events" : `/app/events?${query.toString()}`;
}
