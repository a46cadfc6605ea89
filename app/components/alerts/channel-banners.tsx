import { Banner, Text } from "@shopify/polaris";

import { useTexts } from "../../texts/use-texts.ts";
import type { ChannelFormState } from "./use-channel-form.ts";
import "../../texts/areas/alerts.ts";

/** What became of the last save, where it was no success. */
export function ChannelBanners({ form }: { form: ChannelFormState }) {
  const { t } = useTexts();
  if (form.isStale)
    return (
      <Banner
        title={t("alerts.form.staleTitle")}
        tone="warning"
        action={{ content: t("alerts.form.staleShow"), onAction: form.takeSaved }}
        secondaryAction={{ content: t("alerts.form.staleKeep"), onAction: form.keepMine }}
      >
        <Text as="p">{t("alerts.form.staleText")}</Text>
      </Banner>
    );
  if (!form.problem) return null;
  return (
    <Banner title={t("alerts.form.notSaved")} tone="critical">
      <Text as="p">{form.problem}</Text>
    </Banner>
  );
}
