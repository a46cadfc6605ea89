import { currentLanguage } from "../../texts/language.ts";
import { sayText, type TextKey } from "../../texts/texts.ts";
import { writeNumber } from "../../quality/write-number.ts";
import type { AuditedDay } from "../facts/audit-facts.ts";
import type { AuditReport, ReportFact, ReportTable } from "../report/render-report.ts";
import { UNTESTED } from "../untested.ts";
import { factsFromFiles, MOST_LOOKED_AT } from "./facts-from-files.ts";
import { PURCHASE } from "./file-event.ts";
import type { MatchedFiles } from "./match-files.ts";
import { sayWorth, type FileFinding, type FileVerdicts } from "./run-file-checks.ts";
import "../../texts/areas/audit.ts";
import "../../texts/areas/files.ts";

export interface ReportInput {
  readonly files: MatchedFiles;
  readonly verdicts: FileVerdicts;
  readonly names: { readonly orders: string; readonly events: string | null };
  readonly agency: string | null;
  /** YYYY-MM-DD */
  readonly madeOn: string;
}

const say = (key: TextKey, values: Readonly<Record<string, string | number>> = {}) =>
  sayText({ key, values });

/** The audit of two files as a report, every text said. Pure. */
export function reportFromFiles(input: ReportInput): AuditReport {
  const { files, verdicts } = input;
  return {
    language: currentLanguage(),
    title: say("files.report.title"),
    agency: input.agency,
    about: aboutFiles(input),
    findingsTitle: say("files.report.findings"),
    noFindings: say("files.report.noFindings"),
    findings: verdicts.findings.map((finding) => ({
      title: finding.title,
      severity: finding.failure.severity,
      weight: weightOf(finding),
      facts: factsOf(finding),
      paragraphs: [
        { name: say("files.report.why"), value: finding.why },
        { name: say("files.report.mend"), value: finding.mend },
        { name: say("files.report.good"), value: finding.good },
      ],
      evidenceTitle: say("files.report.evidence"),
      evidence: finding.evidence,
    })),
    lists: [
      {
        title: say("files.report.confirmed"),
        empty: say("files.report.none"),
        items: verdicts.findings.map(({ title }) => ({ title })),
      },
      { title: say("files.report.cleared"), empty: say("files.report.none"), items: verdicts.cleared },
      {
        title: say("files.report.untestable"),
        empty: say("files.report.none"),
        items: [
          ...verdicts.untestable.map(({ title, why }) => ({
            title,
            ...(why === "too_few" && { note: `(${say("files.report.tooFew")})` }),
          })),
          ...UNTESTED.map((each) => ({ title: say(`audit.untested.${each}`) })),
        ],
      },
    ],
    days: daysTable(files),
    notes: notesOf(files),
  };
}

export function weightOf({ failure }: FileFinding): string {
  return say("files.report.weight", {
    severity: say(`files.severity.${failure.severity}`),
    certainty: say(`files.certainty.${failure.certainty}`),
  });
}

export function factsOf({ failure }: FileFinding): readonly ReportFact[] {
  const worth = sayWorth(failure.worth);
  return [
    ...(failure.since === null ? [] : [{ name: say("files.report.since"), value: failure.since }]),
    ...(failure.orders === null
      ? []
      : [{ name: say("files.report.orders"), value: writeNumber(failure.orders) }]),
    ...(worth === "" ? [] : [{ name: say("files.report.worth"), value: worth }]),
  ];
}

/** What was looked at, a line a file, and when. */
export function aboutFiles({ files, names, madeOn }: ReportInput): readonly string[] {
  const { orderDays: days } = files;
  const paid = files.orders.filter(({ order }) => order.isPaid).length;
  return [
    days === null
      ? say("files.report.aboutNoOrders", { file: names.orders })
      : say("files.report.aboutOrders", {
          file: names.orders,
          count: files.orders.length,
          orders: writeNumber(files.orders.length),
          paid: writeNumber(paid),
          ...days,
        }),
    names.events === null
      ? say("files.report.aboutNoEvents")
      : say("files.report.aboutEvents", {
          file: names.events,
          purchases: writeNumber(files.purchases),
          days: writeNumber(new Set(files.received.map(({ day }) => day)).size),
        }),
    say("files.report.made", { day: madeOn }),
  ];
}

function notesOf(files: MatchedFiles): readonly string[] {
  const paid = files.orders.filter(({ order }) => order.isPaid).length;
  return [
    ...(paid > MOST_LOOKED_AT
      ? [say("files.report.looked", { looked: writeNumber(MOST_LOOKED_AT), all: writeNumber(paid) })]
      : []),
    ...(files.repeated > 0 ? [say("files.report.repeated", { number: writeNumber(files.repeated) })] : []),
    say("files.report.privacy"),
  ];
}

type Column = readonly [TextKey, (day: AuditedDay) => string];

const COPIES: readonly Column[] = [
  ["files.report.both", ({ pairing }) => writeNumber(pairing.paired.count)],
  ["files.report.twoIds", ({ pairing }) => writeNumber(pairing.mismatched.count)],
  ["files.report.withEvent", ({ datasets }) => writeNumber(datasets["file"]?.delivered.count ?? 0)],
  ["files.report.browserOnly", ({ pairing }) => writeNumber(pairing.browser_only.count)],
  ["files.report.noEvent", ({ pairing }) => writeNumber(pairing.pending.count)],
];

function daysTable(files: MatchedFiles): ReportTable | null {
  const { days } = factsFromFiles(files, 0);
  if (days.length === 0) return null;
  const received = new Map(
    files.received.filter(({ eventName }) => eventName === PURCHASE).map(({ day, total }) => [day, total]),
  );
  const receivedColumn: Column = [
    "files.report.received",
    ({ day }) => (received.has(day) ? writeNumber(received.get(day) ?? 0) : "–"),
  ];
  const columns: readonly Column[] = [
    ["files.report.day", ({ day }) => day],
    ["files.report.paid", ({ orders }) => writeNumber(orders.count)],
    ["files.report.sum", ({ orders }) => sayWorth(orders.worth)],
    ...(files.purchases > 0 ? COPIES : []),
    ...(files.hasEvents ? [receivedColumn] : []),
  ];
  return {
    title: say("files.report.days"),
    caption: say("files.report.daysCaption"),
    head: columns.map(([name]) => say(name)),
    rows: days.map((day) => columns.map(([, cell]) => cell(day))),
  };
}
