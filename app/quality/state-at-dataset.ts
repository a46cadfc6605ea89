import { shownPairing, type ShownPairing } from "../conversions/shown-pairing.ts";
import type { Pairing } from "../pairing/decide-pairing.ts";

export interface StateAtDataset {
  /** As it is shown: a dataset's stop or pause included. */
  readonly state: string;
  readonly skip: { readonly reason: string } | null;
  readonly pairing: Pairing;
  /** Why there is a browser's copy or none: a `BrowserStory`. */
  readonly browser: string;
}

/**
 * The dataset at which the order was left out because of its buyer's choice. Consent holds for every dataset, so what is
 * on hold or waiting at another one is not sent either; undefined once any of them has it.
 */
export function refusalAmong<Each extends StateAtDataset>(datasets: readonly Each[]): Each | undefined {
  return datasets.some(({ state }) => state === "delivered")
    ? undefined
    : datasets.find(({ skip }) => skip?.reason === "no_consent");
}

/** An order's state and pairing at one of its datasets, in the same sense as its verdict. Pure. */
export function stateAtDataset(
  dataset: StateAtDataset,
  datasets: readonly StateAtDataset[],
  source: string,
): { readonly state: string; readonly pairing: ShownPairing } {
  const state = dataset.state !== "dead" && refusalAmong(datasets) ? "skipped" : dataset.state;
  const pairing = shownPairing(dataset.pairing, source, [state]);
  // No copy was lost here: the browser was told of other datasets only.
  const isAlone = pairing === "server_only" && dataset.browser === "elsewhere";
  return { state, pairing: isAlone ? "no_browser" : pairing };
}
