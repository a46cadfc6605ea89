import { Banner, Text } from "@shopify/polaris";

import { writeList } from "../../texts/conventions.ts";
import { useTexts } from "../../texts/use-texts.ts";
import type { SettingsForm } from "../../stores/settings/store-settings.ts";
import type { useSettingsForm } from "./use-settings-form.ts";
import "../../texts/areas/settings.ts";

/** What keeps the settings on this page from having an effect, and what became of the last save. */
export function SettingsBanners({
  form,
  sources,
  paused,
}: {
  form: ReturnType<typeof useSettingsForm>;
  /** As saved. */
  sources: SettingsForm["sources"];
  /** Datasets that keep what they get. */
  paused: readonly { readonly id: string; readonly label: string }[];
}) {
  const { t } = useTexts();
  return (
    <>
      <SaveBanner form={form} />
      {Object.values(sources).includes(true) ? null : (
        <Banner
          title={t("settings.allOffTitle")}
          tone="warning"
          action={{ content: t("settings.allOffAction"), url: "/app/settings#sources" }}
        >
          <Text as="p">{t("settings.allOffText")}</Text>
        </Banner>
      )}
      {paused.map(({ id, label }) => (
        <Banner
          key={id}
          title={t("settings.pausedTitle", { name: label })}
          tone="warning"
          action={{ content: t("settings.pausedAction"), url: `/app/datasets/${id}` }}
        >
          <Text as="p">{t("settings.pausedText")}</Text>
        </Banner>
      ))}
    </>
  );
}

function SaveBanner({ form }: { form: ReturnType<typeof useSettingsForm> }) {
  const { t } = useTexts();
  const names = writeList(form.changedElsewhere.map((each) => t(`settings.names.${each}`)));
  if (form.isStale)
    return (
      <Banner
        title={t("settings.staleTitle")}
        tone="warning"
        action={{ content: t("settings.staleShow"), onAction: form.takeSaved }}
        secondaryAction={{ content: t("settings.staleKeep"), onAction: form.keepMine }}
      >
        <Text as="p">{names === "" ? t("settings.staleText") : t("settings.staleTextNamed", { names })}</Text>
      </Banner>
    );
  if (!form.problem) return null;
  return (
    <Banner title={t("settings.notSaved")} tone="critical">
      <Text as="p">{form.problem}</Text>
    </Banner>
  );
}
