import polaris from "@shopify/polaris/locales/pt-BR.json" with { type: "json" };

import type { LanguagePack } from "../add-language.ts";
import alerts from "../pt-BR/alerts.json" with { type: "json" };
import audit from "../pt-BR/audit.json" with { type: "json" };
import checks from "../pt-BR/checks.json" with { type: "json" };
import common from "../pt-BR/common.json" with { type: "json" };
import connect from "../pt-BR/connect.json" with { type: "json" };
import datasets from "../pt-BR/datasets.json" with { type: "json" };
import errors from "../pt-BR/errors.json" with { type: "json" };
import events from "../pt-BR/events.json" with { type: "json" };
import files from "../pt-BR/files.json" with { type: "json" };
import funnel from "../pt-BR/funnel.json" with { type: "json" };
import listing from "../pt-BR/listing.json" with { type: "json" };
import onboarding from "../pt-BR/onboarding.json" with { type: "json" };
import overview from "../pt-BR/overview.json" with { type: "json" };
import privacy from "../pt-BR/privacy.json" with { type: "json" };
import reasons from "../pt-BR/reasons.json" with { type: "json" };
import reconcile from "../pt-BR/reconcile.json" with { type: "json" };
import settings from "../pt-BR/settings.json" with { type: "json" };
import settingsProblems from "../pt-BR/settings-problems.json" with { type: "json" };
import setup from "../pt-BR/setup.json" with { type: "json" };
import storefront from "../pt-BR/storefront.json" with { type: "json" };
import testEvents from "../pt-BR/test-events.json" with { type: "json" };
import verdicts from "../pt-BR/verdicts.json" with { type: "json" };

/** Brazilian Portuguese: its texts, Polaris’s own in it, and how it writes numbers and dates. */
export const pack: LanguagePack = {
  conventions: {
    decimal: ",",
    group: ".",
    groupedFrom: 4,
    percent: "{n}%",
    money: "{unit}\u00a0{n}",
    months: ["jan.", "fev.", "mar.", "abr.", "mai.", "jun.", "jul.", "ago.", "set.", "out.", "nov.", "dez."],
    day: "{d} de {month}",
    date: "{d} de {month} de {y}",
    clock: "hh",
    dateTime: ", ",
    list: ", ",
    clause: "; ",
    sentence: " ",
    stop: ".",
    colon: ": ",
    quotes: ["“", "”"],
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
