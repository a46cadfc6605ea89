/** The one thing that most needs a person; null when nothing does. What to say of it: components/words. */
export type Attention =
  | {
      readonly kind: "dataset_held";
      readonly datasetRow: string;
      readonly name: string;
      readonly class: string;
      /** Meta's own words, redacted. */
      readonly message: string | null;
      /** Unix milliseconds. */
      readonly since: number;
      readonly waiting: number;
    }
  | { readonly kind: "failed_deliveries"; readonly count: number }
  | { readonly kind: "mismatched"; readonly count: number }
  | { readonly kind: "pixel_failed"; readonly problem: string | null }
  | { readonly kind: "embed_silent"; readonly since: number }
  | { readonly kind: "storefront_failed"; readonly problem: string | null }
  | { readonly kind: "sweep_failed"; readonly problem: string };

export interface AttentionEvidence {
  readonly held: readonly Extract<Attention, { kind: "dataset_held" }>[];
  /** Those that can still be sent by hand. */
  readonly failedDeliveries: number;
  /** In the last days. */
  readonly mismatched: number;
  readonly webPixel: { readonly state: string | null; readonly problem: string | null };
  readonly metafield: { readonly state: string | null; readonly problem: string | null };
  readonly sweepProblem: string | null;
  /** Unix milliseconds; null when the embed was never heard of (the setup guide speaks of that). */
  readonly lastHeartbeat: number | null;
  /** Orders keep coming, so silence of the embed means something. */
  readonly webOrdersRecently: boolean;
  readonly now: number;
}

const SILENCE_MS = 2 * 86_400_000;

/** By what it costs: sales that do not reach Meta before sales that reach it thinner than they could. */
export function findAttention(evidence: AttentionEvidence): Attention | null {
  const [held] = evidence.held;
  if (held) return held;
  if (evidence.failedDeliveries > 0) return { kind: "failed_deliveries", count: evidence.failedDeliveries };
  if (evidence.mismatched > 0) return { kind: "mismatched", count: evidence.mismatched };
  if (evidence.webPixel.state === "failed")
    return { kind: "pixel_failed", problem: evidence.webPixel.problem };
  if (evidence.metafield.state === "failed")
    return { kind: "storefront_failed", problem: evidence.metafield.problem };
  if (
    evidence.lastHeartbeat !== null &&
    evidence.webOrdersRecently &&
    evidence.now - evidence.lastHeartbeat > SILENCE_MS
  )
    return { kind: "embed_silent", since: evidence.lastHeartbeat };
  if (evidence.sweepProblem !== null) return { kind: "sweep_failed", problem: evidence.sweepProblem };
  return null;
}
