import { CERTAINTIES, SEVERITIES, type Certainty, type Severity } from "./check.ts";

interface Sortable {
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly orders: number | null;
  readonly worth: readonly { readonly amount: number }[];
}

/**
 * Worst first: by severity, then by what they cost (the largest amount of one currency; amounts of two are not added), then
 * by orders, then by how sure they are.
 */
export function sortFindings<Finding extends Sortable>(findings: readonly Finding[]): readonly Finding[] {
  const cost = ({ worth }: Finding) => Math.max(0, ...worth.map(({ amount }) => amount));
  return findings.toSorted(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      cost(b) - cost(a) ||
      (b.orders ?? 0) - (a.orders ?? 0) ||
      CERTAINTIES.indexOf(a.certainty) - CERTAINTIES.indexOf(b.certainty),
  );
}
