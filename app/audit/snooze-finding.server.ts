import type { Database } from "../platform/database/database.server.ts";
import { CHECKS } from "./checks/registry.ts";

export const SNOOZE_DAYS = [7, 30, 90] as const;
export const LONGEST_REASON = 200;
const DAY_MS = 86_400_000;

/**
 * Puts a finding aside for some days, with the merchant's reason: it is still looked at, and is not told of meanwhile. Ends by
 * itself, or when the finding is mended.
 *
 * @param now Unix milliseconds
 * @returns false where no such finding stands
 */
export async function snoozeFinding(
  { prisma }: Database,
  input: {
    readonly storeId: bigint;
    readonly code: string;
    readonly days: (typeof SNOOZE_DAYS)[number];
    readonly reason: string;
    readonly now: number;
  },
): Promise<boolean> {
  const { storeId, code, days, reason, now } = input;
  return changeSnooze({ prisma }, { storeId, code, now }, { until: new Date(now + days * DAY_MS), reason });
}

/** Takes a finding up again. @returns false where no such finding stands */
export function unsnoozeFinding(
  { prisma }: Database,
  input: { readonly storeId: bigint; readonly code: string; readonly now: number },
): Promise<boolean> {
  return changeSnooze({ prisma }, input, null);
}

async function changeSnooze(
  { prisma }: Pick<Database, "prisma">,
  { storeId, code, now }: { readonly storeId: bigint; readonly code: string; readonly now: number },
  snooze: { readonly until: Date; readonly reason: string } | null,
): Promise<boolean> {
  if (!CHECKS.some((check) => check.code === code)) return false;
  return prisma.$transaction(async (tx) => {
    const { count } = await tx.finding.updateMany({
      where: { storeId, code, state: "open" },
      data: { snoozedUntil: snooze?.until ?? null, snoozeReason: snooze?.reason ?? null },
    });
    if (count === 0) return false;
    const finding = await tx.finding.findUniqueOrThrow({ where: { storeId_code: { storeId, code } } });
    await tx.findingChange.create({
      data: {
        storeId,
        code,
        at: new Date(now),
        kind: snooze ? "snoozed" : "unsnoozed",
        severity: finding.severity,
        certainty: finding.certainty,
        orders: finding.orders,
        worth: finding.worth ?? [],
        figures: finding.figures ?? {},
        reason: snooze?.reason ?? null,
      },
    });
    return true;
  });
}
