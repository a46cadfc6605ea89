import polaris from "@shopify/polaris/locales/de.json" with { type: "json" };

import type { LanguagePack } from "../add-language.ts";
import alerts from "../de/alerts.json" with { type: "json" };
import audit from "../de/audit.json" with { type: "json" };
import checks from "../de/checks.json" with { type: "json" };
import common from "../de/common.json" with { type: "json" };
import connect from "../de/connect.json" with { type: "json" };
import datasets from "../de/datasets.json" with { type: "json" };
import errors from "../de/errors.json" with { type: "json" };
import events from "../de/events.json" with { type: "json" };
import files from "../de/files.json" with { type: "json" };
import funnel from "../de/funnel.json" with { type: "json" };
import listing from "../de/listing.json" with { type: "json" };
import onboarding from "../de/onboarding.json" with { type: "json" };
import overview from "../de/overview.json" with { type: "json" };
import privacy from "../de/privacy.json" with { type: "json" };
import reasons from "../de/reasons.json" with { type: "json" };
import reconcile from "../de/reconcile.json" with { type: "json" };
import settings from "../de/settings.json" with { type: "json" };
import settingsProblems from "../de/settings-problems.json" with { type: "json" };
import setup from "../de/setup.json" with { type: "json" };
import storefront from "../de/storefront.json" with { type: "json" };
import testEvents from "../de/test-events.json" with { type: "json" };
import verdicts from "../de/verdicts.json" with { type: "json" };

/** German: its texts, Polaris’s own in it, and how it writes numbers and dates. */
export const pack: LanguagePack = {
  conventions: {
    decimal: ",",
    group: ".",
    groupedFrom: 4,
    percent: "{n}\u00a0%",
    money: "{n}\u00a0{unit}",
    months: ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
    day: "{d}. {month}",
    date: "{d}. {month} {y}",
    clock: "hh",
    dateTime: ", ",
    list: ", ",
    clause: "; ",
    sentence: " ",
    stop: ".",
    colon: ": ",
    quotes: ["„", "“"],
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
