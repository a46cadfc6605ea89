/** One thing that a person can act on. What to say of it: components/attention-banner. Times in unix milliseconds. */
export type Attention =
  | {
      readonly kind: "dataset_held";
      readonly datasetRow: string;
      readonly name: string;
      readonly class: string;
      /** Meta's answer, redacted. */
      readonly message: string | null;
      readonly since: number;
      readonly waiting: number;
    }
  | {
      readonly kind: "token_refused";
      readonly datasetRow: string;
      readonly name: string;
      readonly since: number;
    }
  | { readonly kind: "sources_off" }
  | { readonly kind: "failed_deliveries"; readonly count: number }
  | {
      readonly kind: "dataset_paused";
      readonly datasetRow: string;
      readonly name: string;
      readonly waiting: number;
    }
  | { readonly kind: "mismatched"; readonly count: number }
  | { readonly kind: "pixel_failed"; readonly problem: string | null }
  | { readonly kind: "storefront_failed"; readonly problem: string | null }
  | { readonly kind: "embed_silent"; readonly since: number }
  | { readonly kind: "sweep_failed"; readonly problem: string };

/** A connected dataset, as far as it may need a person. */
export interface AttentionDataset {
  readonly id: string;
  readonly label: string;
  readonly status:
    | { readonly kind: "held"; readonly class: string; readonly since: number }
    | { readonly kind: "token_refused"; readonly since: number }
    | { readonly kind: "paused" | "active" | "unavailable" | "slowed" | "disconnected" };
  readonly heldMessage: string | null;
  readonly waiting: number;
}

export interface AttentionEvidence {
  readonly datasets: readonly AttentionDataset[];
  /** At least one kind of order is switched on in the settings. */
  readonly hasSources: boolean;
  /** Those that can still be sent by hand. */
  readonly failedDeliveries: number;
  /** In the last days. */
  readonly mismatched: number;
  readonly webPixel: { readonly state: string | null; readonly problem: string | null };
  readonly metafield: { readonly state: string | null; readonly problem: string | null };
  readonly sweepProblem: string | null;
  /** Null when the embed never reported (the setup guide speaks of that). */
  readonly lastHeartbeat: number | null;
  /** Orders keep coming, so silence of the embed means something. */
  readonly webOrdersRecently: boolean;
  readonly now: number;
}

/** The embed reports daily from each browser: silence of two days while orders come says that it is off. */
const SILENCE_MS = 2 * 86_400_000;

/**
 * Everything that a person can act on, worst first: sales that do not reach Meta, then sales that may count twice, then
 * sales that reach it with less than they could. What passes by itself (Meta unavailable, a throttle) is not in it.
 */
export function findAttention(evidence: AttentionEvidence): readonly Attention[] {
  return [
    ...evidence.datasets.flatMap(stoppedDataset),
    ...(evidence.hasSources ? [] : [{ kind: "sources_off" } as const]),
    ...(evidence.failedDeliveries > 0
      ? [{ kind: "failed_deliveries", count: evidence.failedDeliveries } as const]
      : []),
    ...evidence.datasets.flatMap((each): readonly Attention[] =>
      each.status.kind === "paused"
        ? [{ kind: "dataset_paused", datasetRow: each.id, name: each.label, waiting: each.waiting }]
        : [],
    ),
    ...(evidence.mismatched > 0 ? [{ kind: "mismatched", count: evidence.mismatched } as const] : []),
    ...storefront(evidence),
    ...(evidence.sweepProblem === null
      ? []
      : [{ kind: "sweep_failed", problem: evidence.sweepProblem } as const]),
  ];
}

function stoppedDataset({ id, label, status, heldMessage, waiting }: AttentionDataset): readonly Attention[] {
  const dataset = { datasetRow: id, name: label };
  if (status.kind === "held") {
    const { class: heldClass, since } = status;
    return [{ kind: "dataset_held", ...dataset, class: heldClass, message: heldMessage, since, waiting }];
  }
  return status.kind === "token_refused" ? [{ kind: "token_refused", ...dataset, since: status.since }] : [];
}

function storefront(evidence: AttentionEvidence): readonly Attention[] {
  const { webPixel, metafield, lastHeartbeat, now } = evidence;
  const isSilent = lastHeartbeat !== null && evidence.webOrdersRecently && now - lastHeartbeat > SILENCE_MS;
  return [
    ...(webPixel.state === "failed" ? [{ kind: "pixel_failed", problem: webPixel.problem } as const] : []),
    ...(metafield.state === "failed"
      ? [{ kind: "storefront_failed", problem: metafield.problem } as const]
      : []),
    ...(isSilent ? [{ kind: "embed_silent", since: lastHeartbeat } as const] : []),
  ];
}
