import { Banner, Text } from "@shopify/polaris";

import { useTexts } from "../../texts/use-texts.ts";
import { useDatasetAction } from "./use-dataset-action.ts";
import "../../texts/areas/connect.ts";

/** Another store sends to this dataset, and order numbers are unique within one store only. */
export function DatasetCollision() {
  const { busy, send } = useDatasetAction();
  const { t } = useTexts();
  return (
    <Banner
      title={t("connect.collisionTitle")}
      tone="warning"
      action={{
        content: t("connect.collisionAction"),
        loading: busy,
        onAction: () => send({ intent: "order_id_rule" }),
      }}
    >
      <Text as="p">{t("connect.collisionText")}</Text>
    </Banner>
  );
}
