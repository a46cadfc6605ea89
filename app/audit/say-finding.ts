import type { Money } from "../quality/sum-tallies.ts";
import { writeList } from "../texts/conventions.ts";
import { refusal } from "../texts/say-reason.ts";
import { sayText, type Text, type TextKey } from "../texts/texts.ts";
import audit from "../texts/en/audit.json" with { type: "json" };
import type { CheckCode } from "./check.ts";
import "../texts/areas/audit.ts";
import "../texts/areas/checks.ts";

/** How numbers are written, wherever a finding is told. */
export interface FindingFormat {
  number(value: number): string;
  /** @param share 0 to 1 */
  percent(share: number): string;
  money(amount: number, currency: string): string;
  /** @param day YYYY-MM-DD */
  day(day: string): string;
}

type Values = Readonly<Record<string, string | number>>;

/**
 * What fills the gaps of a check's texts: shares (named `share` or `…Share`) as per cent, other numbers with their thousands,
 * `count` as it is for the plural, with `number` beside it, `day` as a date, and `cause` (a class of Meta's answers, or what
 * kept an event from being sent) by its name in the catalogue.
 */
export function fillGaps(values: Values, format: FindingFormat): Values {
  const filled = Object.entries(values).map(([name, value]) => [name, fillGap(name, value, format)]);
  const count = values["count"];
  return {
    ...Object.fromEntries(filled),
    ...(typeof count === "number" && { count, number: format.number(count) }),
  };
}

function fillGap(name: string, value: string | number, format: FindingFormat): string {
  if (typeof value === "string")
    return name === "day" ? format.day(value) : name === "cause" ? refusal(value).short : value;
  return /^share$|Share$/.test(name) ? format.percent(value) : format.number(value);
}

/** The heading of a finding: what is wrong, with its figures. */
export function titleOf(
  finding: { readonly code: CheckCode; readonly values: Values },
  format: FindingFormat,
): Text {
  return { key: `checks.${finding.code}.fails`, values: fillGaps(finding.values, format) };
}

/** One of a check's other texts. */
export function partOf(
  finding: { readonly code: CheckCode; readonly values: Values },
  part: "holds" | "why" | "mend" | "good",
  format: FindingFormat,
): Text {
  return { key: `checks.${finding.code}.${part}`, values: fillGaps(finding.values, format) };
}

/** A line of evidence as it was stored; one that this version has no text for is left out. */
export function sayEvidence(
  evidence: { readonly text: string; readonly values: Values },
  format: FindingFormat,
): Text | undefined {
  const key = EVIDENCE_TEXTS.find((each) => each === evidence.text);
  return key && { key, values: fillGaps(evidence.values, format) };
}

const CHANGES = ["opened", "came_back", "worse", "mended", "snoozed", "unsnoozed"] as const;

/** What became of a finding, in a line: that it opened, with its figures then, or that it is in order again. */
export function sayChange(
  change: { readonly code: CheckCode; readonly values: Values; readonly kind: string },
  format: FindingFormat,
): string {
  const kind = CHANGES.find((each) => each === change.kind) ?? "opened";
  const title = sayText(kind === "mended" ? partOf(change, "holds", format) : titleOf(change, format));
  return sayText({
    key: "audit.history.line",
    values: { what: sayText({ key: `audit.history.${kind}` }), title },
  });
}

/** Every text that a line of evidence can have. */
const EVIDENCE_TEXTS = Object.keys(audit.evidence).map((name) => `audit.evidence.${name}` as TextKey);

/** What orders are worth, each currency by itself; empty where nothing is known. */
export function sayWorth(worth: readonly Money[], format: FindingFormat): string {
  const amounts = worth.filter(({ amount }) => amount !== 0);
  return writeList(amounts.map(({ amount, currency }) => format.money(amount, currency)));
}
