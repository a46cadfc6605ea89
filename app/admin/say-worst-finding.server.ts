import type { Store } from "@prisma/client";

import type { CheckCode, Severity } from "../audit/check.ts";
import { readOpenFindings } from "../audit/read-audit.server.ts";
import { titleOf } from "../audit/say-finding.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { Attention } from "../quality/find-attention.ts";
import { writeMoney, writeNumber, writePercent } from "../quality/write-number.ts";
import { sayText } from "../texts/texts.ts";

export interface WorstFinding {
  readonly count: number;
  readonly severity: Severity;
  /** In words: the overview does not load the texts of every check. */
  readonly title: string;
}

/** What the overview says by itself already, above the audit's line. */
const TOLD: Readonly<Partial<Record<Attention["kind"], readonly CheckCode[]>>> = {
  dataset_held: ["tokenRejected"],
  token_refused: ["tokenRejected"],
  mismatched: ["eventIdForm", "valuesDiffer"],
};

/**
 * The worst finding of a store that the page does not tell already, said; null where nothing stands.
 * @param attention what stands on the page already
 * @param now Unix milliseconds
 */
export async function sayWorstFinding(
  database: Database,
  store: Pick<Store, "id" | "currency">,
  attention: readonly Attention[],
  now: number,
): Promise<WorstFinding | null> {
  const told = attention.flatMap(({ kind }) => TOLD[kind] ?? []);
  const open = (await readOpenFindings(database, store.id, now)).filter(({ code }) => !told.includes(code));
  const [worst] = open;
  if (!worst) return null;
  const count = open.length;
  const title = sayText(
    titleOf(worst, {
      number: (value) => writeNumber(value),
      percent: writePercent,
      money: (amount, currency) => writeMoney(amount, currency, store.currency),
      day: (day) => day,
    }),
  );
  return { count, severity: worst.severity, title };
}
