import { Badge } from "@shopify/polaris";

import type { DatasetView } from "../quality/read-datasets.server.ts";

export function DatasetBadge({ dataset }: { dataset: DatasetView }) {
  if (dataset.state === "disconnected") return <Badge>Disconnected</Badge>;
  if (dataset.state === "paused") return <Badge tone="warning">Paused</Badge>;
  if (dataset.held) return <Badge tone="critical">Held</Badge>;
  if (dataset.throttledUntil) return <Badge tone="attention">Slowed down by Meta</Badge>;
  return <Badge tone="success">Active</Badge>;
}
