/**
 * What became of one hit: it left (whether Meta took it, no page can see), something in the browser stopped it, or it broke.
 * Before version 1.1.0 the first was called `fired`.
 */
export type Outcome = "sent" | "blocked" | "failed";

export interface DatasetOutcome {
  id: string;
  outcome: Outcome;
}

/** Body of POST …/fired, version 1. `firedAt` is Unix milliseconds. */
export interface FiredReport {
  v: 1;
  shop: string;
  ticket: string;
  outcome: Outcome;
  datasets: DatasetOutcome[];
  firedAt: number;
}

/** One word for all datasets: a single hit that left means that the browser copy exists; else a blocker outranks a fault. */
export function overallOutcome(datasets: readonly DatasetOutcome[]): Outcome {
  const ranked: Outcome[] = ["sent", "blocked"];
  return ranked.find((outcome) => datasets.some((dataset) => dataset.outcome === outcome)) ?? "failed";
}

export function firedReport(
  shop: string,
  ticket: string,
  outcome: Outcome,
  datasets: DatasetOutcome[],
  firedAt: number,
): FiredReport {
  return { v: 1, shop, ticket, outcome, datasets, firedAt };
}
