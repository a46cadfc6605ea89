import { type Check, type EvidenceRow, fails, HOLDS, NOT_APPLICABLE, notKnown } from "../../check.ts";
import { badSince, latestScore } from "../../facts/latest-score.ts";

const MOST_SHOWN = 5;

/** What Meta's own diagnostics say about the dataset's purchases. */
export const metaDiagnostics: Check = {
  code: "metaDiagnostics",
  area: "identity",
  severity: "high",
  source: "Meta",
  threshold: "any diagnostic that Meta reports (high where it touches more than 10 % of events)",
  fromFiles: false,
  mend: { url: "/app/datasets", name: "audit.mend.datasets" },
  judge: (facts) => {
    if (facts.datasets.length === 0) return NOT_APPLICABLE;
    const read = latestScore(facts);
    if (read.length === 0) return notKnown("not_told");
    const found = read.flatMap((latest) =>
      latest.score.diagnostics.map((each) => ({
        ...each,
        latest,
        share: each.affected !== undefined && each.total ? each.affected / each.total : 0,
      })),
    );
    const [worst] = found.toSorted((a, b) => b.share - a.share);
    if (!worst) return HOLDS;
    return fails({
      severity: worst.share > 0.1 ? "high" : "medium",
      certainty: "proven",
      since: badSince(worst.latest, ({ diagnostics }) => diagnostics.some(({ name }) => name === worst.name)),
      values: { dataset: worst.latest.dataset.label, count: found.length, name: worst.name },
      evidence: found
        .slice(0, MOST_SHOWN)
        .map(({ name, affected, total }): EvidenceRow =>
          affected !== undefined && total !== undefined
            ? { text: "audit.evidence.diagnosticOf", values: { name, affected, total } }
            : { text: "audit.evidence.diagnostic", values: { name } },
        ),
    });
  },
};
