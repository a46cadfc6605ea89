import type { Store } from "@prisma/client";

import type { Database } from "../platform/database/database.server.ts";
import { withStoreLocked, type Transaction } from "../stores/lock-store.server.ts";
import { SEVERITIES, type CheckCode, type Verdict } from "./check.ts";
import { decideFindings, type FindingStep, type StandingFinding } from "./decide-findings.ts";
import { gatherFacts } from "./gather/gather-facts.server.ts";
import { runChecks } from "./run-checks.ts";

/**
 * Looks at one store: gathers the facts, asks every check, and writes down what it found. One at a time for each store: a
 * second one that comes meanwhile waits for the row and then finds nothing new to say, so a change is written once.
 *
 * @param now Unix milliseconds
 */
export async function runAudit(
  database: Database,
  store: Store,
  now: number,
): Promise<readonly FindingStep[]> {
  const facts = await gatherFacts(database, store, now);
  return withStoreLocked(database, store.id, async (tx) => {
    const rows = await tx.finding.findMany({ where: { storeId: store.id } });
    const standing = rows.map((row): StandingFinding => ({
      code: row.code,
      state: row.state === "mended" ? "mended" : "open",
      severity: SEVERITIES.find((each) => each === row.severity) ?? "low",
      snoozedUntil: row.snoozedUntil?.getTime() ?? null,
    }));
    const open = new Set(standing.flatMap(({ code, state }) => (state === "open" ? [code] : [])));
    const verdicts = runChecks(facts, open);
    const steps = decideFindings(standing, verdicts);
    for (const step of steps) await writeStep(tx, store.id, step, now);
    const run = {
      ranAt: new Date(now),
      verdicts: shortVerdicts(verdicts),
      looked: facts.orders.list.length,
      isAll: facts.orders.isAll,
      problem: null,
    };
    await tx.auditRun.upsert({
      where: { storeId: store.id },
      create: { storeId: store.id, ...run },
      update: run,
    });
    return steps;
  });
}

async function writeStep(tx: Transaction, storeId: bigint, step: FindingStep, now: number): Promise<void> {
  const at = new Date(now);
  const where = { storeId_code: { storeId, code: step.code } };
  if (step.kind === "mended") {
    const row = await tx.finding.update({
      where,
      data: { state: "mended", mendedAt: at, snoozedUntil: null, snoozeReason: null },
    });
    await tx.findingChange.create({
      data: {
        storeId,
        code: step.code,
        at,
        kind: "mended",
        severity: row.severity,
        certainty: row.certainty,
        orders: row.orders,
        worth: row.worth ?? [],
        figures: row.figures ?? {},
      },
    });
    return;
  }
  const { failure } = step;
  const said = {
    severity: failure.severity,
    certainty: failure.certainty,
    orders: failure.orders,
    worth: failure.worth.map((each) => ({ ...each })),
    figures: { ...failure.values },
  };
  const data = {
    ...said,
    state: "open",
    since: failure.since === null ? null : new Date(failure.since),
    evidence: failure.evidence.map((each) => ({ ...each })),
    seenAt: at,
  };
  const isAgain = step.kind === "came_back";
  await tx.finding.upsert({
    where,
    create: { storeId, code: step.code, openedAt: at, ...data },
    update: { ...data, ...(isAgain && { openedAt: at, mendedAt: null, times: { increment: 1 } }) },
  });
  if (step.kind !== "still_open")
    await tx.findingChange.create({ data: { storeId, code: step.code, at, kind: step.kind, ...said } });
}

/** What the page needs of a verdict beside the finding: its kind, and why nothing is known. */
function shortVerdicts(verdicts: ReadonlyMap<CheckCode, Verdict>): Record<string, string> {
  return Object.fromEntries(
    [...verdicts].map(([code, verdict]) => [
      code,
      verdict.kind === "not_known" ? `not_known:${verdict.why}` : verdict.kind,
    ]),
  );
}
