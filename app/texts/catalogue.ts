import alerts from "./en/alerts.json" with { type: "json" };
import audit from "./en/audit.json" with { type: "json" };
import checks from "./en/checks.json" with { type: "json" };
import common from "./en/common.json" with { type: "json" };
import connect from "./en/connect.json" with { type: "json" };
import datasets from "./en/datasets.json" with { type: "json" };
import errors from "./en/errors.json" with { type: "json" };
import events from "./en/events.json" with { type: "json" };
import files from "./en/files.json" with { type: "json" };
import funnel from "./en/funnel.json" with { type: "json" };
import listing from "./en/listing.json" with { type: "json" };
import onboarding from "./en/onboarding.json" with { type: "json" };
import overview from "./en/overview.json" with { type: "json" };
import privacy from "./en/privacy.json" with { type: "json" };
import reasons from "./en/reasons.json" with { type: "json" };
import reconcile from "./en/reconcile.json" with { type: "json" };
import settings from "./en/settings.json" with { type: "json" };
import settingsProblems from "./en/settings-problems.json" with { type: "json" };
import setup from "./en/setup.json" with { type: "json" };
import storefront from "./en/storefront.json" with { type: "json" };
import testEvents from "./en/test-events.json" with { type: "json" };
import verdicts from "./en/verdicts.json" with { type: "json" };

/**
 * Everything that a merchant reads, by area. A text is named `area.name`; i18next's plurals end in `_one` and `_other`,
 * and `{{name}}` stands for a value that is formatted before it comes here.
 */
export const ENGLISH = {
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
};
