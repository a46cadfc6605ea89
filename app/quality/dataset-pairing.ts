import { datasetCopies, type StoredFire, type StoredPurchase } from "../pairing/dataset-copies.ts";
import { decideDatasetPairing, type DatasetCopies, type Pairing } from "../pairing/decide-pairing.ts";

/**
 * How an order's copies met at one of its datasets, from whatever is still kept of both: what its page, the list and the
 * file of the log all say. Pure.
 *
 * @param fire the report whose browser was told to send its copy; null = none is kept
 */
export function pairAtDataset(
  purchase: StoredPurchase & { readonly pairing: string; readonly pairedAt: Date | null },
  fire: StoredFire | null,
  delivery: {
    readonly dataset: { readonly datasetId: string };
    readonly state: string;
    readonly firstSentAt: Date | null;
    readonly sentPayload: unknown;
  },
): { readonly pairing: Pairing; readonly copies: DatasetCopies } {
  const copies = datasetCopies(
    purchase,
    fire,
    {
      datasetId: delivery.dataset.datasetId,
      state: delivery.state,
      firstSentAt: delivery.firstSentAt?.getTime() ?? null,
      payload: delivery.sentPayload,
    },
    purchase.pairedAt === null,
  );
  const pairing =
    fire === null
      ? pairingInDataset(readPairing(purchase.pairing), delivery.state)
      : decideDatasetPairing(copies).pairing;
  return { pairing, copies };
}

/** The report whose browser was told to send its copy. */
export function findFire<Report extends { readonly id: bigint; readonly answer: string | null }>(
  { fireReportId }: { readonly fireReportId: bigint | null },
  reports: readonly Report[],
): Report | null {
  return (
    reports.find((each) => each.id === fireReportId) ??
    reports.findLast((each) => each.answer === "fire") ??
    null
  );
}

/**
 * The pairing of an order at one of its datasets, where nothing but the pairing of the whole store and the delivery's
 * state is at hand: an order whose server copy never went to a dataset is not paired there. Pure.
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
