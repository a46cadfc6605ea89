import type { SkipReason } from "../conversions/model.ts";

/**
 * The states of a delivery.
 *
 *   waiting -> leased     its browser report came, or the wait for it ended (both by `due_at`)
 *   due, retrying, held -> leased
 *   leased -> delivered | retrying | held | dead | skipped     by Meta's answer
 *   leased -> due         given back unsent
 *   leased -> retrying    its lease ran out: the process died, perhaps after sending
 *   dead, retrying, held -> due     a person asked
 */
export type DeliveryState =
  "waiting" | "due" | "leased" | "delivered" | "retrying" | "held" | "dead" | "skipped";

export type DeliverySkipReason =
  | SkipReason
  /** The browser's copy went more than 48 hours ago: a second copy would count as a second sale. */
  | "browser_copy_counted";

/** What a delivery that is not settled shows: a whole dataset is held or paused without touching its rows. */
export function shownState(
  state: DeliveryState,
  dataset: { readonly state: string; readonly heldAt: Date | null },
): DeliveryState | "paused" {
  const isQueued = state === "waiting" || state === "due" || state === "retrying" || state === "held";
  if (!isQueued) return state;
  if (dataset.state === "paused") return "paused";
  if (dataset.heldAt !== null) return "held";
  return state === "held" ? "due" : state;
}
