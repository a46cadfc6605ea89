import { Badge } from "@shopify/polaris";

import type { DatasetStatus } from "../../quality/dataset-status.ts";
import type { TextKey } from "../../texts/texts.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "./use-format.ts";
import { errorClass } from "../../texts/say-reason.ts";

type Tone = "success" | "warning" | "critical" | "attention" | undefined;

const BADGES: Readonly<Record<DatasetStatus["kind"], { readonly key: TextKey; readonly tone: Tone }>> = {
  active: { key: "datasets.badge.active", tone: "success" },
  disconnected: { key: "datasets.badge.disconnected", tone: undefined },
  paused: { key: "datasets.badge.paused", tone: "warning" },
  held: { key: "datasets.badge.held", tone: "critical" },
  token_refused: { key: "datasets.badge.tokenRefused", tone: "critical" },
  unavailable: { key: "datasets.badge.unavailable", tone: "warning" },
  slowed: { key: "datasets.badge.slowed", tone: "attention" },
};

/** What a dataset does, in a word or two. */
export function DatasetBadge({ status }: { status: DatasetStatus }) {
  const { t } = useTexts();
  if (status.kind === "held" && status.class === "credential")
    return <Badge tone="critical">{t("datasets.badge.tokenRefused")}</Badge>;
  const { key, tone } = BADGES[status.kind];
  return tone ? <Badge tone={tone}>{t(key)}</Badge> : <Badge>{t(key)}</Badge>;
}

/** Why it does not send, since when, and what happens next; null where it simply works. */
export function useDatasetAdvice(): (status: DatasetStatus) => string | null {
  const format = useFormat();
  const { t } = useTexts();
  return (status) => {
    switch (status.kind) {
      case "active":
      case "disconnected":
        return null;
      case "paused":
        return t("datasets.advice.paused");
      case "held":
        return t("datasets.advice.held", {
          since: format.soon(status.since),
          reason: errorClass(status.class).long,
        });
      case "token_refused":
        return t("datasets.advice.tokenRefused", { since: format.soon(status.since) });
      case "unavailable":
        return t("datasets.advice.unavailable", { since: format.soon(status.since) });
      case "slowed":
        return t("datasets.advice.slowed", { until: format.soon(status.until) });
    }
  };
}
