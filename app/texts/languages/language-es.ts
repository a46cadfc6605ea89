import polaris from "@shopify/polaris/locales/es.json" with { type: "json" };

import type { LanguagePack } from "../add-language.ts";
import alerts from "../es/alerts.json" with { type: "json" };
import audit from "../es/audit.json" with { type: "json" };
import checks from "../es/checks.json" with { type: "json" };
import common from "../es/common.json" with { type: "json" };
import connect from "../es/connect.json" with { type: "json" };
import datasets from "../es/datasets.json" with { type: "json" };
import errors from "../es/errors.json" with { type: "json" };
import events from "../es/events.json" with { type: "json" };
import files from "../es/files.json" with { type: "json" };
import funnel from "../es/funnel.json" with { type: "json" };
import listing from "../es/listing.json" with { type: "json" };
import onboarding from "../es/onboarding.json" with { type: "json" };
import overview from "../es/overview.json" with { type: "json" };
import privacy from "../es/privacy.json" with { type: "json" };
import reasons from "../es/reasons.json" with { type: "json" };
import reconcile from "../es/reconcile.json" with { type: "json" };
import settings from "../es/settings.json" with { type: "json" };
import settingsProblems from "../es/settings-problems.json" with { type: "json" };
import setup from "../es/setup.json" with { type: "json" };
import storefront from "../es/storefront.json" with { type: "json" };
import testEvents from "../es/test-events.json" with { type: "json" };
import verdicts from "../es/verdicts.json" with { type: "json" };

/** Spanish: its texts, Polaris’s own in it, and how it writes numbers and dates. */
export const pack: LanguagePack = {
  conventions: {
    decimal: ",",
    group: ".",
    groupedFrom: 5,
    percent: "{n}\u00a0%",
    money: "{n}\u00a0{unit}",
    months: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
    day: "{d} {month}",
    date: "{d} {month} {y}",
    clock: "h",
    dateTime: ", ",
    list: ", ",
    clause: "; ",
    sentence: " ",
    stop: ".",
    colon: ": ",
    quotes: ["«", "»"],
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
