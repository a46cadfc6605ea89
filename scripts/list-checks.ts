/**
 * `node scripts/list-checks.ts`: writes docs/audit.md from the registry of checks, so that no check exists undocumented.
 * tests/unit/audit-page.test.ts fails when the page is behind.
 */
import { writeFileSync } from "node:fs";

import { AREAS, type Check } from "#app/audit/check.ts";
import { CHECKS } from "#app/audit/checks/registry.ts";
import { UNTESTED } from "#app/audit/untested.ts";
import { ENGLISH } from "#app/texts/catalogue.ts";

const AREA_TITLES = {
  sender: "Senders and set-up",
  ids: "Event IDs and deduplication",
  identity: "Customer information",
  time: "Time",
  money: "Money and products",
  delivery: "Delivery and browser copies",
} as const;

const OPENING = `# The audit

What \`/app/audit\` checks, once an hour in every store. This page is written by \`node scripts/list-checks.ts\` from
\`app/audit/checks/registry.ts\` and the texts of \`app/texts/en/checks.json\`; a test compares.

- **Facts are gathered apart** (\`app/audit/gather/\`): counts of 91 days, the newest 5,000 orders of at most 28 days, what
  Shopify, Meta and the storefront's pages say. What it costs does not grow with the store.
- **A check is a pure function of the facts** (\`app/audit/checks/*/check.ts\`) with four answers: it fails, it holds, it does
  not apply, or nobody can say. Nobody can say is never counted as good, and mends nothing.
- **A finding** is a check that fails: since when, how many orders it touches (of those looked at), what they are worth, how
  sure that is (proven, likely, reported by browsers), what shows it, where it is mended. It opens when its check fails, and
  is mended when its check holds. Thresholds close later than they open, so that nothing flaps.
- **Comparisons with the usual** go by the same weekdays before, by median and spread, with at least 30 cases
  (\`app/audit/baseline.ts\`).
- **Alerts** tell of findings outside the admin: [alerts.md](alerts.md). **From files**, for a shop that has not installed
  Tandem: [audit-from-files.md](audit-from-files.md). **Operators** read all stores: \`npm run ops -- audit\`.

To add a check: a folder in \`app/audit/checks/\` with \`check.ts\` and \`check.test.ts\`, its texts in \`checks.json\`, a line in the
registry, and \`node scripts/list-checks.ts && npm run format\`.
`;

/** docs/audit.md as it should be. */
export function auditPage(): string {
  const areas = AREAS.map((area) => {
    const checks = CHECKS.filter((check) => check.area === area);
    return `## ${AREA_TITLES[area]}\n\n${checks.map(section).join("\n")}`;
  });
  const untested = UNTESTED.map((name) => `- ${ENGLISH.audit.untested[name]}`).join("\n");
  return `${OPENING}
${areas.join("\n")}
## Not testable

Agencies look at these, too. They need the ad account, or other platforms, which Tandem does not see:

${untested}
`;
}

function section(check: Check): string {
  const texts: Readonly<Record<string, string>> = ENGLISH.checks[check.code];
  return `### ${texts["holds"]}

\`${check.code}\` · at worst ${check.severity} · threshold by ${check.source}${check.fromFiles ? " · also from files" : ""}

Fails at: ${check.threshold}.

${texts["why"]} ${texts["mend"]} *Good:* ${texts["good"]}
`;
}

if (import.meta.main) writeFileSync("docs/audit.md", auditPage());
