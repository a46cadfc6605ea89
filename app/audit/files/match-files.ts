import { ReceivedDays, type ReceivedSum } from "./add-received-days.ts";
import { PURCHASE, type FileEvent, type FileEventRow } from "./file-event.ts";
import type { FileOrder } from "./file-order.ts";
import { FileProblem } from "./file-problem.ts";

export interface MatchedOrder {
  readonly order: FileOrder;
  /** Purchases that are about it, in the order of the file. */
  readonly events: readonly FileEvent[];
}

/** Days, both included, YYYY-MM-DD. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** Two files put together. */
export interface MatchedFiles {
  /** Newest first. */
  readonly orders: readonly MatchedOrder[];
  readonly orderDays: Days | null;
  /** Whether there was a file of events at all. */
  readonly hasEvents: boolean;
  /** Purchases that stand alone in a row, with their IDs; of a file of totals none. */
  readonly purchases: number;
  readonly withoutId: number;
  readonly tests: number;
  readonly eventDays: Days | null;
  /** Purchases of days that the file of orders has, which are about none of them; without those that have no ID. */
  readonly loose: number;
  /** The first of them. */
  readonly looseFrom: string | null;
  /** Everything that the file of events counts, by day and event. */
  readonly received: readonly ReceivedSum[];
  /** Orders that the file has more than once; they count once. */
  readonly repeated: number;
}

/** Node's usual heap holds them: an order with both copies takes up to 3 kB (`bench audit-files`). */
const MOST_ORDERS = 500_000;
const MOST_PURCHASES = 1_500_000;

/** Puts orders and events together as they are read: first every order, then every event. */
export class FileMatch {
  readonly #orders: { readonly order: FileOrder; events: FileEvent[] }[] = [];
  /** By name, number and ID; -1 where two orders have it. */
  readonly #places = new Map<string, number>();
  readonly #seen = new Set<string>();
  readonly #loose: FileEvent[] = [];
  readonly #files: { readonly orders: string; readonly events: string | null };
  readonly #received: ReceivedDays;
  #repeated = 0;
  #purchases = 0;
  #withoutId = 0;
  #tests = 0;
  #orderDays: Days | null = null;
  #eventDays: Days | null = null;

  /** @param files their names for the reader */
  constructor(files: { readonly orders: string; readonly events: string | null }) {
    this.#files = files;
    this.#received = new ReceivedDays(files.events ?? "");
  }

  /** @throws FileProblem `tooMany` */
  addOrder(order: FileOrder): void {
    const key = order.orderId ?? order.name;
    if (this.#seen.has(key)) {
      this.#repeated += 1;
      return;
    }
    const place = this.#orders.length;
    if (place >= MOST_ORDERS)
      throw new FileProblem({ file: this.#files.orders, line: order.line }, "tooMany", { most: MOST_ORDERS });
    this.#seen.add(key);
    this.#orders.push({ order, events: [] });
    for (const id of new Set([order.name, order.number, order.orderId]))
      if (id !== null) this.#places.set(id, this.#places.has(id) ? -1 : place);
    this.#orderDays = widened(this.#orderDays, order.day);
  }

  /** @throws FileProblem `tooMany` */
  addEvent(row: FileEventRow): void {
    this.#received.add(row);
    if (row.kind !== "event" || row.name !== PURCHASE) return;
    if (this.#purchases >= MOST_PURCHASES)
      throw new FileProblem({ file: this.#files.events ?? "", line: row.line }, "tooMany", {
        most: MOST_PURCHASES,
      });
    this.#purchases += row.count;
    this.#eventDays = widened(this.#eventDays, row.day);
    if (row.isTest) this.#tests += row.count;
    if (row.eventId === null) this.#withoutId += row.count;
    const place = this.#placeOf(row);
    if (place !== undefined) this.#orders[place]?.events.push(row);
    else if (row.eventId !== null) this.#loose.push(row);
  }

  result(): MatchedFiles {
    const days = this.#orderDays;
    // The first and the last day of an export are often parts of days.
    const loose = this.#loose.filter(({ day }) => days !== null && day > days.from && day < days.to);
    return {
      orders: this.#orders.toSorted((a, b) => (a.order.day < b.order.day ? 1 : -1)),
      orderDays: days,
      hasEvents: this.#files.events !== null,
      purchases: this.#purchases,
      withoutId: this.#withoutId,
      tests: this.#tests,
      eventDays: this.#eventDays,
      loose: loose.reduce((all, { count }) => all + count, 0),
      looseFrom: loose.reduce<string | null>(
        (first, { day }) => (first === null || day < first ? day : first),
        null,
      ),
      received: this.#received.sums(),
      repeated: this.#repeated,
    };
  }

  /** By the ID as it is, by the order that the event names, or by the one number within the ID. */
  #placeOf({ eventId, orderId }: FileEvent): number | undefined {
    for (const id of [eventId, orderId, eventId && soleNumber(eventId)]) {
      const place = id ? this.#places.get(id) : undefined;
      if (place !== undefined && place >= 0) return place;
    }
    return undefined;
  }
}

function widened(days: Days | null, day: string): Days {
  if (days === null) return { from: day, to: day };
  return { from: day < days.from ? day : days.from, to: day > days.to ? day : days.to };
}

function soleNumber(eventId: string): string | null {
  const found = eventId.match(/\d+/g) ?? [];
  return found.length === 1 ? (found[0] ?? null) : null;
}

/**
 * How an event ID is made of its order, such as "[number]", "#[number]" or "shopify_[order ID]"; null where it is not made of it.
 */
export function formOfId(eventId: string, { number, orderId }: FileOrder): string | null {
  for (const [id, gap] of [
    [orderId, "[order ID]"],
    [number, "[number]"],
  ] as const) {
    if (id === null) continue;
    const at = eventId.indexOf(id);
    if (at >= 0 && soleNumber(eventId) === id)
      return eventId.slice(0, at) + gap + eventId.slice(at + id.length);
  }
  return null;
}
