import { type Check, fails, HOLDS, notKnown } from "../../check.ts";

/** Meta takes the events and does not let us read its own figures about them. */
export const qualityForbidden: Check = {
  code: "qualityForbidden",
  area: "sender",
  severity: "low",
  source: "Meta",
  threshold: "Meta refuses its quality figures on the last reading",
  fromFiles: false,
  mend: { url: "/app/datasets", name: "audit.mend.datasets" },
  judge: ({ datasets, now }) => {
    const asked = datasets.flatMap(({ label, snapshots }) => {
      const last = snapshots.at(-1);
      return last && now - last.takenAt < 3 * 86_400_000 ? [{ label, last }] : [];
    });
    if (asked.length === 0) return notKnown("not_asked");
    const forbidden = asked.filter(({ last }) => last.problem === "permission");
    if (forbidden.length === 0) return HOLDS;
    return fails({
      severity: "low",
      certainty: "proven",
      values: { dataset: forbidden.map(({ label }) => label).join(", ") },
    });
  },
};
