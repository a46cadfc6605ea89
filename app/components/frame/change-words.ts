import type { StoreChangeView } from "../../quality/read-changes.server.ts";
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

const SETTINGS: Readonly<Record<string, TextKey>> = {
  eventIdRule: "overview.change.setting.eventIdRule",
  valueBasis: "overview.change.setting.valueBasis",
  currencySide: "overview.change.setting.currencySide",
  contentId: "overview.change.setting.contentId",
  customerSegmentation: "overview.change.setting.customerSegmentation",
  reportWaitSeconds: "overview.change.setting.reportWaitSeconds",
  retentionDays: "overview.change.setting.retentionDays",
  sources: "overview.change.setting.sources",
  exclude: "overview.change.setting.exclude",
};

const POLICIES: Readonly<Record<string, TextKey>> = {
  strict: "overview.change.policy.strict",
  regional: "overview.change.policy.regional",
  merchant: "overview.change.policy.merchant",
};

/** What a change is called: short on a chart, with its particulars in the list. */
export function useChangeWords() {
  const { t } = useTexts();
  const policy = (name: string | undefined): string => t(POLICIES[name ?? ""] ?? "overview.unknown");
  return {
    label: ({ kind, dataset }: StoreChangeView): string =>
      t(KINDS[kind], { name: dataset ?? t("overview.change.aDataset") }),
    particulars: ({ kind, details }: StoreChangeView): string | null => {
      if (kind === "consent_policy_changed")
        return t("overview.change.fromTo", { from: policy(details.from), to: policy(details.to) });
      const names = (details.settings ?? []).flatMap((name) => {
        const key = SETTINGS[name];
        return key === undefined ? [] : [t(key)];
      });
      return names.length > 0 ? `${names.join(", ")}.` : null;
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
  return [...days].map(([day, labels]) => ({ day, label: labels.join("; ") }));
}
