import type { ConsentPolicy } from "../../conversions/model.ts";
import type { StoreChangeView } from "../../quality/read-changes.server.ts";
import { writeClauses, writeListSentence } from "../../texts/conventions.ts";
import type { TextKey } from "../../texts/texts.ts";
import { useTexts } from "../../texts/use-texts.ts";

const KINDS: Readonly<Record<StoreChangeView["kind"], TextKey>> = {
  settings_changed: "overview.change.settingsChanged",
  consent_policy_changed: "overview.change.consentPolicyChanged",
  dataset_connected: "overview.change.datasetConnected",
  dataset_paused: "overview.change.datasetPaused",
  dataset_resumed: "overview.change.datasetResumed",
  dataset_disconnected: "overview.change.datasetDisconnected",
  token_replaced: "overview.change.tokenReplaced",
  tracking_on: "overview.change.trackingOn",
  tracking_off: "overview.change.trackingOff",
  embed_reports: "overview.change.embedReports",
  embed_silent: "overview.change.embedSilent",
};

/** What a change is called: short on a chart, with its particulars in the list. */
export function useChangeWords() {
  const { t } = useTexts();
  const policy = (name: ConsentPolicy | undefined): string =>
    name === undefined ? t("overview.unknown") : t(`overview.change.policy.${name}`);
  return {
    label: ({ kind, dataset }: StoreChangeView): string =>
      t(KINDS[kind], { name: dataset ?? t("overview.change.aDataset") }),
    particulars: ({ kind, details }: StoreChangeView): string | null => {
      if (kind === "consent_policy_changed")
        return t("overview.change.fromTo", { from: policy(details.from), to: policy(details.to) });
      const names = (details.settings ?? []).map((name) => t(`overview.change.setting.${name}`));
      return names.length > 0 ? writeListSentence(names) : null;
    },
    by: ({ by }: StoreChangeView): string =>
      t(by === "merchant" ? "overview.change.byMerchant" : "overview.change.byApp"),
  };
}

/** The same for a chart: one mark a day, with everything that changed on it. */
export function useChangeMarks(
  changes: readonly StoreChangeView[],
): readonly { readonly day: string; readonly label: string }[] {
  const { label } = useChangeWords();
  const days = new Map<string, string[]>();
  for (const change of [...changes].reverse()) {
    const labels = days.get(change.day) ?? [];
    const text = label(change);
    days.set(change.day, labels.includes(text) ? labels : [...labels, text]);
  }
  return [...days].map(([day, labels]) => ({ day, label: writeClauses(labels) }));
}
