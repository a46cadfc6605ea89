import type { Pairing } from "../pairing/decide-pairing.ts";

/**
 * The pairing of an order at one of its datasets, where nothing but the pairing of the whole store and the delivery's
 * state is at hand (lists, files): an order whose server copy never went to a dataset is not paired there. Pure.
 *
 * @param state a delivery's state, stored or shown
 */
export function pairingInDataset(pairing: Pairing, state: string): Pairing {
  if (state === "delivered") return pairing;
  if (state !== "dead" && state !== "skipped") return "pending";
  return pairing === "paired" || pairing === "mismatched"
    ? "browser_only"
    : pairing === "browser_only"
      ? pairing
      : "pending";
}

/** A stored pairing; what no version wrote is not known. */
export function readPairing(stored: string): Pairing {
  return PAIRINGS.find((each) => each === stored) ?? "pending";
}

const PAIRINGS: readonly Pairing[] = ["pending", "paired", "server_only", "browser_only", "mismatched"];
