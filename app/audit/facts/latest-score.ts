import type { DatasetScore } from "../../quality/dataset-score.ts";
import type { AuditedDataset, AuditFacts } from "./audit-facts.ts";

/** A reading that is older says nothing of now. */
const FRESH_MS = 3 * 86_400_000;

export interface LatestScore {
  readonly dataset: AuditedDataset;
  readonly score: DatasetScore;
  /** Of what Tandem sent alone, as Meta has it; null where Meta did not tell. */
  readonly ours: DatasetScore | null;
  readonly day: string;
}

/** Meta's newest reading of an event, for each connected dataset that has one of the last three days. */
export function latestScore(
  { datasets, now }: Pick<AuditFacts, "datasets" | "now">,
  eventName = "Purchase",
): readonly LatestScore[] {
  return datasets.flatMap((dataset) => {
    const read = dataset.snapshots.findLast(({ events }) => events[eventName] !== undefined);
    const score = read?.events[eventName];
    return read && score && now - read.takenAt <= FRESH_MS
      ? [{ dataset, score, ours: read.ours?.[eventName] ?? null, day: read.day }]
      : [];
  });
}

/** Purchase, and the other events that the store sends twice: those of which Meta's own count of both sides says something. */
export function sentTwice({ funnel }: Pick<AuditFacts, "funnel">): readonly string[] {
  const both = (funnel ?? []).filter(({ copies }) => copies === "both");
  return ["Purchase", ...both.map(({ event }) => event).filter((event) => event !== "Purchase")];
}

/**
 * First day of the unbroken run of readings, up to the newest, that are bad; days on which Meta told nothing break no run. As
 * far as readings are kept.
 */
export function badSince(
  { dataset, day }: LatestScore,
  isBad: (score: DatasetScore) => boolean,
  eventName = "Purchase",
): string {
  const read = dataset.snapshots.flatMap(({ day: of, events }) => {
    const score = events[eventName];
    return score ? [{ day: of, score }] : [];
  });
  const lastGood = read.findLastIndex(({ score }) => !isBad(score));
  return read[lastGood + 1]?.day ?? day;
}

/** A dataset's readings of the score of purchases, oldest first. */
export function purchaseReadings(
  dataset: AuditedDataset,
): readonly { readonly day: string; readonly takenAt: number; readonly score: number }[] {
  return dataset.snapshots.flatMap(({ day, takenAt, events }) => {
    const score = events["Purchase"]?.score;
    return score === undefined ? [] : [{ day, takenAt, score }];
  });
}
