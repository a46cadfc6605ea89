import type { CheckCode } from "../../audit/check.ts";
import { CHECKS } from "../../audit/checks/registry.ts";
import { partOf, sayWorth, titleOf, type FindingFormat } from "../../audit/say-finding.ts";
import { writeMoney, writeNumber, writePercent } from "../../quality/write-number.ts";
import { localTime, writeDate } from "../../texts/local-time.ts";
import { sayText } from "../../texts/texts.ts";
import "../../texts/areas/alerts.ts";
import type { AlertFinding } from "./alert-finding.ts";

/** A finding in words, each a sentence of plain text. */
export interface DescribedFinding {
  /** "New · High" */
  readonly label: string;
  readonly title: string;
  /** Since when, what it costs, how sure. Empty for what is mended. */
  readonly facts: readonly string[];
  /** Null for what is mended, and for a check that this version does not have. */
  readonly mend: string | null;
}

/** What a finding is called, as on the audit page. */
export function findingTitle(finding: AlertFinding, currency: string | null = null): string {
  const known = knownFinding(finding);
  if (known === undefined) return sayText({ key: "alerts.message.unknown", values: { code: finding.code } });
  const format = formatFor(currency);
  return sayText(finding.change === "mended" ? partOf(known, "holds", format) : titleOf(known, format));
}

/** @param currency the store's own, ISO 4217 */
export function describeFinding(finding: AlertFinding, currency: string | null): DescribedFinding {
  const severity = sayText({ key: `alerts.severity.${finding.severity}` });
  const label = sayText({ key: `alerts.message.${finding.change}`, values: { severity } });
  const title = findingTitle(finding, currency);
  if (finding.change === "mended") return { label, title, facts: [], mend: null };
  const known = knownFinding(finding);
  const format = formatFor(currency);
  const day = finding.since;
  return {
    label,
    title,
    facts: [
      ...(day === null ? [] : [sayText({ key: "alerts.message.since", values: { day: format.day(day) } })]),
      ...cost(finding, format),
      sayText({ key: `alerts.message.${finding.certainty}` }),
    ],
    mend: known === undefined ? null : sayText(partOf(known, "mend", format)),
  };
}

function cost({ orders, worth: sums }: AlertFinding, format: FindingFormat): readonly string[] {
  const worth = sayWorth(sums, format);
  if (orders === null)
    return worth === "" ? [] : [sayText({ key: "alerts.message.worth", values: { worth } })];
  const values = { count: orders, number: format.number(orders), worth };
  return [sayText({ key: worth === "" ? "alerts.message.orders" : "alerts.message.ordersWorth", values })];
}

/** Undefined for a check that this version does not have. */
function knownFinding({
  code,
  figures,
}: AlertFinding): { readonly code: CheckCode; readonly values: AlertFinding["figures"] } | undefined {
  const check = CHECKS.find((each) => each.code === code);
  return check && { code: check.code, values: figures };
}

function formatFor(own: string | null): FindingFormat {
  return {
    number: writeNumber,
    percent: writePercent,
    money: (amount, currency) =>
      currency === "" ? writeNumber(amount, 2, 2) : writeMoney(amount, currency, own),
    day: writeDay,
  };
}

function writeDay(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : writeDate(localTime([], at));
}
