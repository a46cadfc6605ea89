import polaris from "@shopify/polaris/locales/fr.json" with { type: "json" };

import type { LanguagePack } from "../add-language.ts";
import alerts from "../fr/alerts.json" with { type: "json" };
import audit from "../fr/audit.json" with { type: "json" };
import checks from "../fr/checks.json" with { type: "json" };
import common from "../fr/common.json" with { type: "json" };
import connect from "../fr/connect.json" with { type: "json" };
import datasets from "../fr/datasets.json" with { type: "json" };
import errors from "../fr/errors.json" with { type: "json" };
import events from "../fr/events.json" with { type: "json" };
import files from "../fr/files.json" with { type: "json" };
import funnel from "../fr/funnel.json" with { type: "json" };
import listing from "../fr/listing.json" with { type: "json" };
import onboarding from "../fr/onboarding.json" with { type: "json" };
import overview from "../fr/overview.json" with { type: "json" };
import privacy from "../fr/privacy.json" with { type: "json" };
import reasons from "../fr/reasons.json" with { type: "json" };
import reconcile from "../fr/reconcile.json" with { type: "json" };
import settings from "../fr/settings.json" with { type: "json" };
import settingsProblems from "../fr/settings-problems.json" with { type: "json" };
import setup from "../fr/setup.json" with { type: "json" };
import storefront from "../fr/storefront.json" with { type: "json" };
import testEvents from "../fr/test-events.json" with { type: "json" };
import verdicts from "../fr/verdicts.json" with { type: "json" };

/** French: its texts, Polaris’s own in it, and how it writes numbers and dates. */
export const pack: LanguagePack = {
  conventions: {
    decimal: ",",
    group: "\u202f",
    groupedFrom: 4,
    percent: "{n}\u00a0%",
    money: "{n}\u00a0{unit}",
    months: [
      "janv.",
      "févr.",
      "mars",
      "avr.",
      "mai",
      "juin",
      "juil.",
      "août",
      "sept.",
      "oct.",
      "nov.",
      "déc.",
    ],
    day: "{d} {month}",
    date: "{d} {month} {y}",
    clock: "hh",
    dateTime: ", ",
    list: ", ",
    clause: "\u202f; ",
    sentence: " ",
    stop: ".",
    colon: "\u00a0: ",
    quotes: ["«\u202f", "\u202f»"],
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
