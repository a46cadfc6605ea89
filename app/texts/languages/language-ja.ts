import polaris from "@shopify/polaris/locales/ja.json" with { type: "json" };

import type { LanguagePack } from "../add-language.ts";
import alerts from "../ja/alerts.json" with { type: "json" };
import audit from "../ja/audit.json" with { type: "json" };
import checks from "../ja/checks.json" with { type: "json" };
import common from "../ja/common.json" with { type: "json" };
import connect from "../ja/connect.json" with { type: "json" };
import datasets from "../ja/datasets.json" with { type: "json" };
import errors from "../ja/errors.json" with { type: "json" };
import events from "../ja/events.json" with { type: "json" };
import files from "../ja/files.json" with { type: "json" };
import funnel from "../ja/funnel.json" with { type: "json" };
import listing from "../ja/listing.json" with { type: "json" };
import onboarding from "../ja/onboarding.json" with { type: "json" };
import overview from "../ja/overview.json" with { type: "json" };
import privacy from "../ja/privacy.json" with { type: "json" };
import reasons from "../ja/reasons.json" with { type: "json" };
import reconcile from "../ja/reconcile.json" with { type: "json" };
import settings from "../ja/settings.json" with { type: "json" };
import settingsProblems from "../ja/settings-problems.json" with { type: "json" };
import setup from "../ja/setup.json" with { type: "json" };
import storefront from "../ja/storefront.json" with { type: "json" };
import testEvents from "../ja/test-events.json" with { type: "json" };
import verdicts from "../ja/verdicts.json" with { type: "json" };

/** Japanese: its texts, Polaris’s own in it, and how it writes numbers and dates. */
export const pack: LanguagePack = {
  conventions: {
    decimal: ".",
    group: ",",
    groupedFrom: 4,
    percent: "{n}%",
    money: "{unit}{n}",
    signs: { JPY: "￥" },
    months: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
    day: "{month}{d}日",
    date: "{y}年{month}{d}日",
    clock: "h",
    dateTime: " ",
    list: "、",
    clause: "；",
    sentence: "",
    stop: "。",
    colon: "：",
    quotes: ["「", "」"],
  },
  polaris,
  texts: {
    alerts,
    audit,
    checks,
    common,
    connect,
    datasets,
    errors,
    events,
    files,
    funnel,
    listing,
    onboarding,
    overview,
    privacy,
    reasons,
    reconcile,
    settings,
    settingsProblems,
    setup,
    storefront,
    testEvents,
    verdicts,
  },
};
