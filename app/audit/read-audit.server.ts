import type { Finding, FindingChange, Store } from "@prisma/client";
import { z } from "zod";

import type { Database } from "../platform/database/database.server.ts";
import type { Money } from "../quality/sum-tallies.ts";
import {
  CERTAINTIES,
  SEVERITIES,
  UNKNOWN_REASONS,
  type Certainty,
  type CheckCode,
  type Severity,
  type UnknownReason,
} from "./check.ts";
import { CHECKS } from "./checks/registry.ts";
import { sortFindings } from "./sort-findings.ts";

/** A finding as pages, reports and messages show it. Times in unix milliseconds, days as YYYY-MM-DD. */
export interface FindingView {
  readonly code: CheckCode;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly since: string | null;
  readonly orders: number | null;
  readonly worth: readonly Money[];
  readonly values: Readonly<Record<string, string | number>>;
  readonly evidence: readonly StoredEvidence[];
  readonly openedAt: number;
  readonly seenAt: number;
  readonly times: number;
  readonly snoozed: { readonly until: number; readonly reason: string } | null;
}

export interface StoredEvidence {
  readonly text: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly url: string | null;
}

export interface FindingChangeView {
  readonly id: string;
  readonly code: CheckCode;
  readonly at: number;
  readonly kind: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly reason: string | null;
}

export interface AuditReport {
  /** Null while the store was never looked at. */
  readonly ranAt: number | null;
  /** The last try did not end; what is shown is of the one before. */
  readonly hasFailed: boolean;
  readonly looked: number;
  readonly isAll: boolean;
  /** Worst first; snoozed ones apart. */
  readonly open: readonly FindingView[];
  readonly snoozed: readonly FindingView[];
  readonly cleared: readonly CheckCode[];
  readonly unknown: readonly { readonly code: CheckCode; readonly why: UnknownReason }[];
  readonly notApplicable: readonly CheckCode[];
  /** Newest first. */
  readonly history: readonly FindingChangeView[];
}

const MOST_CHANGES = 100;

/** What the last audit of a store said, and what became of its findings. @param now Unix milliseconds */
export async function readAudit(
  { prisma }: Database,
  store: Pick<Store, "id">,
  now: number,
): Promise<AuditReport> {
  const [run, rows, changes] = await Promise.all([
    prisma.auditRun.findUnique({ where: { storeId: store.id } }),
    prisma.finding.findMany({ where: { storeId: store.id, state: "open" } }),
    prisma.findingChange.findMany({
      where: { storeId: store.id },
      orderBy: { id: "desc" },
      take: MOST_CHANGES,
    }),
  ]);
  const findings = sortFindings(rows.flatMap((row) => readFinding(row, now)));
  const verdicts = verdictsOf(run?.verdicts);
  const isOpen = new Set<string>(findings.map(({ code }) => code));
  const codes = (kind: string) =>
    CHECKS.map(({ code }) => code).filter((code) => verdicts[code] === kind && !isOpen.has(code));
  return {
    ranAt: run?.ranAt.getTime() ?? null,
    hasFailed: run?.problem !== null && run !== null,
    looked: run?.looked ?? 0,
    isAll: run?.isAll ?? true,
    open: findings.filter(({ snoozed }) => snoozed === null),
    snoozed: findings.filter(({ snoozed }) => snoozed !== null),
    cleared: codes("holds"),
    unknown: CHECKS.flatMap(({ code }) => {
      const [kind, reason] = (verdicts[code] ?? "").split(":");
      const why = UNKNOWN_REASONS.find((each) => each === reason);
      return kind === "not_known" && why && !isOpen.has(code) ? [{ code, why }] : [];
    }),
    notApplicable: codes("not_applicable"),
    history: changes.flatMap(readChange),
  };
}

/** The findings that stand and are not put aside, worst first. @param now Unix milliseconds */
export async function readOpenFindings(
  { prisma }: Database,
  storeId: bigint,
  now: number,
): Promise<readonly FindingView[]> {
  const rows = await prisma.finding.findMany({ where: { storeId, state: "open" } });
  return sortFindings(rows.flatMap((row) => readFinding(row, now))).filter(({ snoozed }) => snoozed === null);
}

const values = z.record(z.string(), z.union([z.string(), z.number()])).catch({});
const worth = z.array(z.object({ currency: z.string(), amount: z.number() })).catch([]);
const evidence = z.array(z.object({ text: z.string(), values, url: z.string().nullish() })).catch([]);
const verdictsSchema = z.record(z.string(), z.string()).catch({});

const verdictsOf = (stored: unknown): Readonly<Record<string, string>> => verdictsSchema.parse(stored);

/** A check that this version does not have has no texts: its finding is not shown, and the next audit mends it. */
function codeOf(stored: string): CheckCode | undefined {
  return CHECKS.find(({ code }) => code === stored)?.code;
}

function readFinding(row: Finding, now: number): readonly FindingView[] {
  const code = codeOf(row.code);
  if (code === undefined) return [];
  const until = row.snoozedUntil?.getTime() ?? 0;
  return [
    {
      code,
      severity: SEVERITIES.find((each) => each === row.severity) ?? "low",
      certainty: CERTAINTIES.find((each) => each === row.certainty) ?? "likely",
      since: row.since?.toISOString().slice(0, 10) ?? null,
      orders: row.orders,
      worth: worth.parse(row.worth),
      values: values.parse(row.figures),
      evidence: evidence.parse(row.evidence).map((each) => ({ ...each, url: each.url ?? null })),
      openedAt: row.openedAt.getTime(),
      seenAt: row.seenAt.getTime(),
      times: row.times,
      snoozed: until > now ? { until, reason: row.snoozeReason ?? "" } : null,
    },
  ];
}

function readChange(row: FindingChange): readonly FindingChangeView[] {
  const code = codeOf(row.code);
  if (code === undefined) return [];
  return [
    {
      id: String(row.id),
      code,
      at: row.at.getTime(),
      kind: row.kind,
      values: values.parse(row.figures),
      reason: row.reason,
    },
  ];
}
