import { Banner, Text } from "@shopify/polaris";

import { useDatasetAction } from "./use-dataset-action.ts";

/** Another store sends to this dataset, and order numbers are unique within one store only. */
export function DatasetCollision() {
  const { busy, send } = useDatasetAction();
  return (
    <Banner
      title="Another store sends to this dataset with order numbers, too"
      tone="warning"
      action={{
        content: "Use order IDs as event IDs",
        loading: busy,
        onAction: () => send({ intent: "order_id_rule" }),
      }}
    >
      <Text as="p">
        Where both stores have an order of the same number, Meta takes them for one purchase and counts only
        the first. Shopify’s order IDs are never the same. Orders taken in before keep their event ID, on both
        copies.
      </Text>
    </Banner>
  );
}
