import type { Database } from "../platform/database/database.server.ts";
import { readAudit, type FindingView } from "./read-audit.server.ts";
import { sortFindings } from "./sort-findings.ts";

/** A finding of one of many stores. */
export interface StoreFinding extends FindingView {
  readonly shop: string;
}

export interface StoresAudit {
  readonly stores: number;
  /** Stores that no audit has looked at yet, or whose last one did not end. */
  readonly unchecked: readonly string[];
  /** Of all stores, worst first; those put aside are marked by `snoozed`. */
  readonly findings: readonly StoreFinding[];
}

/** The findings of every installed store, or of one, worst first: what an agency looks at. @param now Unix milliseconds */
export async function readAllFindings(
  database: Database,
  input: { readonly shop?: string; readonly now: number },
): Promise<StoresAudit> {
  const stores = await database.prisma.store.findMany({
    where: { state: "installed", ...(input.shop !== undefined && { shop: input.shop }) },
    select: { id: true, shop: true },
    orderBy: { id: "asc" },
  });
  const findings: StoreFinding[] = [];
  const unchecked: string[] = [];
  for (const { id, shop } of stores) {
    const audit = await readAudit(database, { id }, input.now);
    if (audit.ranAt === null || audit.hasFailed) unchecked.push(shop);
    findings.push(...[...audit.open, ...audit.snoozed].map((finding) => ({ shop, ...finding })));
  }
  return { stores: stores.length, unchecked, findings: sortFindings(findings) };
}
