import { CHECKS } from "../checks/registry.ts";
import type { AuditReport, FindingView } from "../read-audit.server.ts";
import { partOf, sayChange, sayEvidence, sayWorth, titleOf, type FindingFormat } from "../say-finding.ts";
import { UNTESTED } from "../untested.ts";
import { currentLanguage } from "../../texts/language.ts";
import { sayText } from "../../texts/texts.ts";
import type { AuditReport as Report, ReportFinding, ReportTable } from "./render-report.ts";
import "../../texts/areas/audit.ts";

export interface ReportWords {
  readonly format: FindingFormat & {
    /** @param at unix milliseconds */
    dateTime(at: number): string;
    readonly timeZoneName: string;
  };
  readonly storeName: string;
  /** Null = no agency is named. */
  readonly agency: string | null;
  /** What happened day by day; null = left out. */
  readonly days: ReportTable | null;
}

const NO_VALUES = {};

/** What the report's file says, from the last audit of a store. Pure. @param now Unix milliseconds */
export function makeReport(audit: AuditReport, words: ReportWords, now: number): Report {
  const { format } = words;
  const at = { at: format.dateTime(audit.ranAt ?? now), zone: format.timeZoneName };
  const looked = { ...at, count: audit.looked, number: format.number(audit.looked) };
  const holds = (code: FindingView["code"]) => sayText(partOf({ code, values: NO_VALUES }, "holds", format));
  const findings = [...audit.open, ...audit.snoozed];
  return {
    language: currentLanguage(),
    title: sayText({ key: "audit.reportTitle", values: { store: words.storeName } }),
    agency: words.agency,
    about: [
      sayText({ key: audit.isAll ? "audit.subtitle" : "audit.subtitleLatest", values: looked }),
      sayText({ key: "audit.reportAbout", values: { at: format.dateTime(now), zone: format.timeZoneName } }),
    ],
    findingsTitle: sayText({
      key: "audit.found.title",
      values: { count: findings.length, number: format.number(findings.length) },
    }),
    noFindings: sayText({ key: "audit.found.none" }),
    findings: findings.map((finding) => reportFinding(finding, format)),
    lists: [
      {
        title: sayText({ key: "audit.lists.confirmed" }),
        empty: sayText({ key: "audit.lists.confirmedNone" }),
        items: findings.map((finding) => ({ title: sayText(titleOf(finding, format)) })),
      },
      {
        title: sayText({ key: "audit.lists.cleared" }),
        empty: sayText({ key: "audit.lists.clearedNone" }),
        items: audit.cleared.map((code) => ({ title: holds(code) })),
      },
      {
        title: sayText({ key: "audit.lists.untestable" }),
        empty: "",
        items: [
          ...audit.unknown.map(({ code, why }) => ({
            title: holds(code),
            note: sayText({ key: `audit.unknown.${why}` }),
          })),
          ...audit.notApplicable.map((code) => ({
            title: holds(code),
            note: sayText({ key: "audit.unknown.not_applicable" }),
          })),
          ...UNTESTED.map((name) => ({
            title: sayText({ key: `audit.untested.${name}` }),
            note: sayText({ key: "audit.untested.why" }),
          })),
        ],
      },
      {
        title: sayText({ key: "audit.history.title" }),
        empty: sayText({ key: "audit.history.none" }),
        items: audit.history.map((change) => ({
          title: sayChange(change, format),
          note: [`${format.dateTime(change.at)} (${format.timeZoneName})`, change.reason]
            .filter(Boolean)
            .join(" · "),
        })),
      },
    ],
    days: words.days,
    notes: [sayText({ key: "audit.reportNote" })],
  };
}

function reportFinding(finding: FindingView, format: FindingFormat): ReportFinding {
  const { severity, certainty, since, orders, evidence } = finding;
  const worth = sayWorth(finding.worth, format);
  const fact = (key: "since" | "orders" | "worth", value: string) => ({
    name: sayText({ key: `audit.fact.${key}` }),
    value,
  });
  return {
    title: sayText(titleOf(finding, format)),
    severity,
    weight: `${sayText({ key: `audit.severity.${severity}` })} · ${sayText({ key: `audit.certainty.${certainty}` })}`,
    facts: [
      ...(since === null ? [] : [fact("since", format.day(since))]),
      ...(!orders ? [] : [fact("orders", format.number(orders))]),
      ...(worth === "" ? [] : [fact("worth", worth)]),
    ],
    paragraphs: (["why", "mend", "good"] as const).map((part) => ({
      name: sayText({ key: `audit.part.${part}` }),
      value: sayText(partOf(finding, part, format)),
    })),
    evidenceTitle: sayText({ key: "audit.part.evidence" }),
    evidence: evidence.flatMap((line) => {
      const text = sayEvidence(line, format);
      return text ? [sayText(text)] : [];
    }),
  };
}

/** Every check's answer as rows of a table: state, severity, certainty, text, since, orders, worth, why, how to mend it. */
export function reportRows(audit: AuditReport, format: FindingFormat): readonly (readonly string[])[] {
  const open = new Map([...audit.open, ...audit.snoozed].map((finding) => [finding.code, finding]));
  const state = (name: "open" | "snoozed" | "cleared" | "unknown" | "notApplicable") =>
    sayText({ key: `audit.state.${name}` });
  return CHECKS.map(({ code }) => {
    const finding = open.get(code);
    if (finding)
      return [
        state(finding.snoozed ? "snoozed" : "open"),
        sayText({ key: `audit.severity.${finding.severity}` }),
        sayText({ key: `audit.certainty.${finding.certainty}` }),
        sayText(titleOf(finding, format)),
        finding.since ?? "",
        finding.orders === null ? "" : String(finding.orders),
        sayWorth(finding.worth, format),
        sayText(partOf(finding, "why", format)),
        sayText(partOf(finding, "mend", format)),
      ];
    const verdict = audit.cleared.includes(code)
      ? state("cleared")
      : audit.notApplicable.includes(code)
        ? state("notApplicable")
        : state("unknown");
    return [
      verdict,
      "",
      "",
      sayText(partOf({ code, values: NO_VALUES }, "holds", format)),
      "",
      "",
      "",
      "",
      "",
    ];
  });
}
