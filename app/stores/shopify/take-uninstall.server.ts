import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";
import type { Log } from "../../platform/process/log.server.ts";
import type { CheckInstallation } from "./check-installation.server.ts";
import { decideUninstall } from "./decide-uninstall.ts";
import { uninstallStore, type JudgedInstallation } from "./uninstall-store.server.ts";

export interface UninstallDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly checkInstallation: CheckInstallation;
}

export type UninstallOutcome =
  | "uninstalled"
  /** The store was never known, or is deleted; sessions of it are gone. */
  | "unknown"
  /** The app is installed: what came late or was replayed speaks of an installation that is over. */
  | "still_installed"
  /** Shopify has not settled it yet: nothing is destroyed, and a periodic job asks again. */
  | "unconfirmed";

/** Of the five seconds that Shopify gives a webhook. */
const WITHIN_WEBHOOK_MS = 2_000;
const WITHIN_JOB_MS = 10_000;
/** Stores asked about in one run of the job. */
const BATCH = 100;

/**
 * An `app/uninstalled` that Shopify signed for this store. It may be a replay, so Shopify is asked before a token is
 * destroyed (docs/decisions/0671). May be called again, or for a store that was never known.
 */
export async function takeUninstall(
  deps: UninstallDependencies,
  input: { readonly shop: string; readonly triggeredAt?: Date; readonly withinMs?: number },
): Promise<UninstallOutcome> {
  const { shop, triggeredAt, withinMs = WITHIN_WEBHOOK_MS } = input;
  const { prisma } = deps.database;
  const now = deps.clock();
  const store = await prisma.store.findUnique({
    where: { shop },
    select: { state: true, installedAt: true, signedInAt: true, uninstallReportedAt: true },
  });
  const session = await prisma.session.findUnique({
    where: { id: `offline_${shop}` },
    select: { accessToken: true },
  });
  const judged: JudgedInstallation = {
    shop,
    signedInAt: store?.signedInAt ?? null,
    sealedToken: session?.accessToken,
  };
  // Written down first: a process that dies while Shopify is asked leaves it to the job.
  const reportedAt = store?.uninstallReportedAt?.getTime() ?? now;
  const isOpen = store?.state === "installed";
  if (isOpen)
    await prisma.store.updateMany({
      where: { shop, state: "installed", uninstallReportedAt: null, signedInAt: judged.signedInAt },
      data: { uninstallReportedAt: new Date(reportedAt) },
    });
  const answer = session ? await deps.checkInstallation(shop, withinMs) : "no_token";
  const decision = decideUninstall({
    answer,
    now,
    reportedAt,
    triggeredAt: triggeredAt?.getTime(),
    signedInAt: store?.signedInAt?.getTime(),
  });
  switch (decision) {
    case "uninstall":
      if (!(await uninstallStore(deps, judged))) return "still_installed";
      return store ? "uninstalled" : "unknown";
    case "drop":
      await prisma.store.updateMany({
        where: { shop, signedInAt: judged.signedInAt },
        data: {
          uninstallReportedAt: null,
          // shop/redact must know what is older than the present installation, where nobody told of the end of the last.
          ...(store && triggeredAt && isWithin(triggeredAt, store) ? { installedAt: triggeredAt } : {}),
        },
      });
      return "still_installed";
    case "ask_again":
      if (isOpen) {
        deps.log.warn(
          { shop, answer },
          "uninstall reported but not confirmed by Shopify; asking again later",
        );
        return "unconfirmed";
      }
      // A session without an installed store: a sign-in is under way, or nothing is left that could be destroyed.
      return answer === "installed" ? "still_installed" : store ? "uninstalled" : "unknown";
  }
}

function isWithin(
  at: Date,
  store: { readonly installedAt: Date; readonly signedInAt: Date | null },
): boolean {
  return at > store.installedAt && store.signedInAt !== null && at < store.signedInAt;
}

/**
 * Asks again about every reported uninstall that Shopify has not settled.
 * @returns how many were asked about, and how many of them are settled now
 */
export async function confirmUninstalls(
  deps: UninstallDependencies,
  signal: AbortSignal,
): Promise<{ readonly asked: number; readonly settled: number }> {
  const stores = await deps.database.prisma.store.findMany({
    where: { state: "installed", uninstallReportedAt: { not: null } },
    select: { shop: true },
    orderBy: { uninstallReportedAt: "asc" },
    take: BATCH,
  });
  let [asked, settled] = [0, 0];
  for (const { shop } of stores) {
    if (signal.aborted) break;
    const outcome = await takeUninstall(deps, { shop, withinMs: WITHIN_JOB_MS });
    asked += 1;
    if (outcome !== "unconfirmed") {
      settled += 1;
      deps.log.info({ shop, outcome }, "reported uninstall settled");
    }
  }
  return { asked, settled };
}
