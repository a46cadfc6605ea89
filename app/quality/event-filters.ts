import type { SaleKind } from "../conversions/model.ts";
import { SHOWN_PAIRINGS, type ShownPairing } from "../conversions/shown-pairing.ts";
import type { ErrorClass } from "../meta/errors.ts";
import { SALE_KINDS, storedNamesOf } from "../conversions/order/sale-kinds.ts";

/**
 * What the event log can be narrowed to, as it stands in the address. An address that asks for something unknown is
 * read as not asking for it.
 */
export interface EventFilters {
  readonly view: EventView;
  /** Shown states of a delivery. */
  readonly status: readonly EventStatus[];
  readonly pairing: readonly ShownPairing[];
  readonly source: readonly SaleKind[];
  /** Why it was not sent (`delivery.skip_reason`, CONSENT_REASONS) or why it failed (`delivery.last_class`). */
  readonly reason: readonly string[];
  /** ISO alpha-2 codes of buyers' countries. Known as long as an order's details are kept. */
  readonly country: readonly string[];
  /** Row ID of one of the store's datasets. */
  readonly dataset: string | null;
  /** Days by the store's calendar on which the order was received, YYYY-MM-DD, both included. */
  readonly from: string | null;
  readonly to: string | null;
  /** Order number or a part of it, order name or order ID, as typed. */
  readonly search: string;
}

export const EVENT_VIEWS = ["all", "attention", "waiting", "recovered", "skipped"] as const;
export type EventView = (typeof EVENT_VIEWS)[number];

export const EVENT_STATUSES = ["delivered", "open", "retrying", "held", "dead", "skipped"] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];

/** Both are `no_consent` to the delivery; the conversion keeps which of them it was (`consent_reason`). */
export const CONSENT_REASONS = ["consent_refused", "consent_missing"] as const;

/** Why Meta did not take it: the classes of meta/errors.ts, as they are kept with a delivery. */
export const ERROR_REASONS = [
  "credential",
  "permission",
  "configuration",
  "payload",
  "transient",
  "throttled",
  "unknown",
] as const satisfies readonly ErrorClass[];

/** Of this century: the database knows no year 0. */
const DAY = /^20\d{2}-\d{2}-\d{2}$/;
const LONGEST_SEARCH = 64;
const REASON = /^[a-z_]{1,40}$/;
const COUNTRY = /^[A-Z]{2}$/;
const MOST_CHOICES = 30;

export function readEventFilters(query: URLSearchParams): EventFilters {
  const list = <Value extends string>(name: string, known: readonly Value[]) => {
    const asked = query.get(name)?.split(",") ?? [];
    return known.filter((value) => asked.includes(value));
  };
  const codes = (name: string, form: RegExp) =>
    (query.get(name)?.split(",") ?? []).filter((each) => form.test(each)).slice(0, MOST_CHOICES);
  const dataset = query.get("dataset");
  return {
    view: EVENT_VIEWS.find((view) => view === query.get("view")) ?? "all",
    status: list("status", EVENT_STATUSES),
    pairing: list("pairing", SHOWN_PAIRINGS),
    source: readKinds(query.get("source")),
    reason: codes("reason", REASON),
    country: codes("country", COUNTRY),
    dataset: dataset !== null && /^\d{1,18}$/.test(dataset) ? dataset : null,
    from: readDay(query.get("from")),
    to: readDay(query.get("to")),
    search: (query.get("q") ?? "").trim().slice(0, LONGEST_SEARCH),
  };
}

/** A kept address may name a kind as it was called before. */
function readKinds(asked: string | null): readonly SaleKind[] {
  const names = asked?.split(",") ?? [];
  return SALE_KINDS.filter((kind) => storedNamesOf(kind).some((name) => names.includes(name)));
}

/** The same in an address, without what is not asked for. */
export function writeEventFilters(filters: EventFilters): URLSearchParams {
  const query = new URLSearchParams();
  const put = (name: string, value: string | null) => {
    if (value) query.set(name, value);
  };
  put("view", filters.view === "all" ? null : filters.view);
  put("status", filters.status.join(","));
  put("pairing", filters.pairing.join(","));
  put("source", filters.source.join(","));
  put("reason", filters.reason.join(","));
  put("country", filters.country.join(","));
  put("dataset", filters.dataset);
  put("from", filters.from);
  put("to", filters.to);
  put("q", filters.search);
  return query;
}

/** The order numbers and IDs that a search may mean: "#1001" and "RH-29448" mean their digits. */
export function searchedNumbers(search: string): readonly string[] {
  return [...new Set(search.match(/\d{1,20}/g) ?? [])];
}

function readDay(asked: string | null): string | null {
  if (asked === null || !DAY.test(asked)) return null;
  // 31 February is read as 3 March by the language and refused by the database.
  const time = Date.parse(asked);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(asked) ? asked : null;
}
