import { fillGaps, sayWorth as sayEachWorth, type FindingFormat } from "../say-finding.ts";
import { CHECKS } from "../checks/registry.ts";
import { SEVERITIES, type Failure, type UnknownReason, type Verdict } from "../check.ts";
import type { ENGLISH } from "../../texts/catalogue.ts";
import filesTexts from "../../texts/en/files.json" with { type: "json" };
import { sayText, type TextKey } from "../../texts/texts.ts";
import { writeMoney, writeNumber, writePercent } from "../../quality/write-number.ts";
import type { Money } from "../../quality/sum-tallies.ts";
import { FILE_CHECKS } from "./checks/registry.ts";
import { factsFromFiles } from "./facts-from-files.ts";
import type { MatchedFiles } from "./match-files.ts";
import "../../texts/areas/checks.ts";
import "../../texts/areas/audit.ts";
import "../../texts/areas/files.ts";

export interface FileFinding {
  readonly code: string;
  readonly failure: Failure;
  readonly title: string;
  readonly why: string;
  readonly mend: string;
  readonly good: string;
  readonly evidence: readonly string[];
}

/** What became of every check there is. */
export interface FileVerdicts {
  /** Worst first: by severity, then by orders. */
  readonly findings: readonly FileFinding[];
  readonly cleared: readonly { readonly code: string; readonly title: string }[];
  readonly untestable: readonly {
    readonly code: string;
    readonly title: string;
    readonly why: UnknownReason;
  }[];
}

/** Checks of the app that one of files alone does better: it knows events without an order, too. */
const COVERED: readonly string[] = ["eventIdMissing"];
/** Checks that orders alone answer. */
const NEED_NO_EVENTS: readonly string[] = ["moneyOdd"];

/** Checks whose mending is another where Tandem is not installed. */
function isWithoutTandem(code: string): code is keyof (typeof ENGLISH)["files"]["mend"] {
  return Object.hasOwn(filesTexts.mend, code);
}

type Part = "fails" | "holds" | "why" | "mend" | "good";

/** Runs the app's checks that files can answer, and those that only files can. Pure. */
export function runFileChecks(files: MatchedFiles, now: number): FileVerdicts {
  const facts = factsFromFiles(files, now);
  const judged = [
    ...FILE_CHECKS.map((check) => ({
      code: check.code,
      text: (part: Part): TextKey => `files.checks.${check.code}.${part}`,
      verdict: check.judge(files),
    })),
    ...CHECKS.filter(({ code }) => !COVERED.includes(code)).map((check) => ({
      code: check.code,
      text: (part: Part): TextKey =>
        part === "mend" && isWithoutTandem(check.code)
          ? `files.mend.${check.code}`
          : `checks.${check.code}.${part}`,
      verdict: verdictOf(
        check.fromFiles && (files.purchases > 0 || NEED_NO_EVENTS.includes(check.code)),
        () => check.judge(facts, false),
      ),
    })),
  ];
  const findings = judged.flatMap(({ code, text, verdict }) =>
    verdict.kind === "fails" ? [findingOf(code, text, verdict)] : [],
  );
  const titled = ({ code, text }: (typeof judged)[number]) => ({
    code,
    // Nothing failed, so nothing fills a gap.
    title: sayText({ key: text("holds") }).replace(/\{\{\w{1,20}\}\}/g, "…"),
  });
  return {
    findings: findings.toSorted(
      (a, b) =>
        SEVERITIES.indexOf(a.failure.severity) - SEVERITIES.indexOf(b.failure.severity) ||
        (b.failure.orders ?? 0) - (a.failure.orders ?? 0),
    ),
    cleared: judged.filter(({ verdict }) => verdict.kind === "holds").map(titled),
    untestable: judged.flatMap((each) =>
      each.verdict.kind === "not_known" ? [{ ...titled(each), why: each.verdict.why }] : [],
    ),
  };
}

function verdictOf(isAnswered: boolean, judge: () => Verdict): Verdict {
  return isAnswered ? judge() : { kind: "not_known", why: "not_in_files" };
}

function findingOf(code: string, text: (part: Part) => TextKey, failure: Failure): FileFinding {
  const say = (part: Part) => sayText({ key: text(part), values: fillGaps(failure.values, FORMAT) });
  return {
    code,
    failure,
    title: say("fails"),
    why: say("why"),
    mend: say("mend"),
    good: say("good"),
    evidence: failure.evidence.map((row) => sayText({ key: row.text, values: fillGaps(row.values, FORMAT) })),
  };
}

/** As files write them: no reader's own currency, and days that sort. */
const FORMAT: FindingFormat = {
  number: writeNumber,
  percent: writePercent,
  money: (amount, currency) => writeMoney(amount, currency, null),
  day: (day) => day,
};

/** Each currency by itself. */
export function sayWorth(worth: readonly Money[]): string {
  return sayEachWorth(worth, FORMAT);
}
