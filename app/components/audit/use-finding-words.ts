import {
  partOf,
  sayChange,
  sayEvidence,
  sayWorth,
  titleOf,
  type FindingFormat,
} from "../../audit/say-finding.ts";
import type { FindingChangeView, FindingView, StoredEvidence } from "../../audit/read-audit.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "../frame/use-format.ts";

type Told = Pick<FindingView, "code" | "values">;

/** A finding's texts with its figures in them, as the store writes numbers. */
export function useFindingWords() {
  const format = useFormat();
  const { say } = useTexts();
  const writes: FindingFormat = {
    number: format.number,
    percent: format.percent,
    money: (amount, currency) => format.money(amount, currency || null),
    day: format.day,
  };
  return {
    title: (finding: Told) => say(titleOf(finding, writes)),
    part: (finding: Told, part: "holds" | "why" | "mend" | "good") => say(partOf(finding, part, writes)),
    evidence: (line: StoredEvidence) => {
      const text = sayEvidence(line, writes);
      return text ? say(text) : null;
    },
    change: (change: FindingChangeView) => sayChange(change, writes),
    worth: (finding: Pick<FindingView, "worth">) => sayWorth(finding.worth, writes),
  };
}
