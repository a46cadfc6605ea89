import { MAX_EVENT_AGE } from "../conversions/decide-event-time.ts";
import { asList, asRecord, readId } from "../conversions/read-json.ts";

/** An order that Shopify listed and would not give: looked for again later, so that it does not hold up the others. */
export interface SetAsideOrder {
  /** Digits. */
  readonly orderId: string;
  /** Unix milliseconds of the first time. */
  readonly since: number;
  /** Rounds that failed. */
  readonly rounds: number;
  /** Unix milliseconds: not before. */
  readonly nextAt: number;
}

/** Per store. Where more fail, it is not the orders: the sweep breaks off and its mark stays. */
export const MOST_SET_ASIDE = 100;
const MINUTE_MS = 60_000;
const LONGEST_PAUSE_MS = 6 * 60 * MINUTE_MS;
/** Meta takes a website's events for seven days. */
const KEPT_MS = MAX_EVENT_AGE.website * 1000;

/** As `store.sweep_set_aside` holds them; what cannot be read counts as absent. */
export function readSetAside(stored: unknown): readonly SetAsideOrder[] {
  return asList(stored).flatMap((each): readonly SetAsideOrder[] => {
    const record = asRecord(each);
    const orderId = readId(record, "orderId");
    const [since, rounds, nextAt] = [record?.["since"], record?.["rounds"], record?.["nextAt"]];
    return orderId !== undefined && isTime(since) && isTime(rounds) && isTime(nextAt)
      ? [{ orderId, since, rounds, nextAt }]
      : [];
  });
}

/** The list with this order's round that failed just now: the next after 10, 20, 40 … minutes, six hours at most. */
export function setAside(
  list: readonly SetAsideOrder[],
  orderId: string,
  now: number,
): readonly SetAsideOrder[] {
  const known = list.find((each) => each.orderId === orderId);
  const rounds = (known?.rounds ?? 0) + 1;
  const nextAt = now + Math.min(10 * MINUTE_MS * 2 ** (rounds - 1), LONGEST_PAUSE_MS);
  return [...without(list, orderId), { orderId, since: known?.since ?? now, rounds, nextAt }];
}

export function without(list: readonly SetAsideOrder[], orderId: string): readonly SetAsideOrder[] {
  return list.filter((each) => each.orderId !== orderId);
}

/** Those that Meta would take still. */
export function stillWanted(list: readonly SetAsideOrder[], now: number): readonly SetAsideOrder[] {
  return list.filter((each) => now - each.since < KEPT_MS);
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
