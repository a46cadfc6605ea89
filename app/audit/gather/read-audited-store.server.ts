import type { Store } from "@prisma/client";
import { z } from "zod";

import type { Database } from "../../platform/database/database.server.ts";
import { readSightings } from "../../quality/read-sightings.server.ts";
import { sourcesOf } from "../../stores/settings/store-settings.ts";
import type { AuditedStore, AuditedStorefront } from "../facts/audit-facts.ts";
import { VERSION } from "../../../extensions/contract/version.ts";

const countries = z.array(z.string()).nullable().catch(null);

/** A store's settings and connections, as the audit reads them. */
export async function readAuditedStore({ prisma }: Database, store: Store): Promise<AuditedStore> {
  const [change] = await prisma.$queryRaw<{ at: Date }[]>`
    SELECT at FROM store_change
    WHERE store_id = ${store.id}::bigint AND kind = 'settings_changed' AND details->'settings' ? 'eventIdRule'
    ORDER BY at DESC LIMIT 1`;
  return {
    shop: store.shop,
    country: store.country,
    currency: store.currency,
    eventIdRule: store.eventIdRule,
    valueBasis: store.valueBasis,
    contentId: store.contentId,
    consentPolicy: store.consentPolicy,
    installedAt: store.installedAt.getTime(),
    sourcesOn: Object.entries(sourcesOf(store.sources)).flatMap(([source, isOn]) => (isOn ? [source] : [])),
    hasTestCode: store.testEventCode !== null,
    testCodeUntil: store.testEventCodeExpiresAt?.getTime() ?? null,
    sweepProblem: store.sweepProblem,
    sweptThrough: store.sweptThrough?.getTime() ?? null,
    setAside: Array.isArray(store.sweepSetAside) ? store.sweepSetAside.length : 0,
    webPixel: {
      state: store.webPixelState,
      problem: store.webPixelProblem,
      at: store.webPixelAt?.getTime() ?? null,
    },
    webPixelSharing:
      store.webPixelSharing === null || store.webPixelSharingAt === null
        ? null
        : { state: store.webPixelSharing, at: store.webPixelSharingAt.getTime() },
    consentCountries: countries.parse(store.consentCountries),
    ruleChangedAt: change?.at.getTime() ?? null,
  };
}

/** What the storefront's pages report. @param now Unix milliseconds */
export async function readAuditedStorefront(
  database: Database,
  storeId: bigint,
  now: number,
): Promise<AuditedStorefront> {
  const judged = await readSightings(database, storeId, now);
  const last = await database.prisma.heartbeat.findFirst({
    where: { storeId },
    orderBy: { lastSeenAt: "desc" },
  });
  return {
    lastHeartbeat: last?.lastSeenAt.getTime() ?? null,
    version: last?.version ?? null,
    newestVersion: VERSION,
    ...judged,
  };
}

/** Later than this a webhook that was merely slow has come. */
const WAITED_MS = 6 * 3_600_000;
const KEPT_MS = 7 * 86_400_000;

/** Browsers that say they sent a purchase of which no paid order is known after six hours. @param now Unix milliseconds */
export async function readStrayReports(
  { prisma }: Database,
  store: Pick<Store, "id" | "timeZone">,
  now: number,
): Promise<{ readonly count: number; readonly since: string | null }> {
  const [row] = await prisma.$queryRaw<{ count: number; since: string | null }[]>`
    SELECT count(*)::int AS count, to_char(min(r.received_at AT TIME ZONE ${store.timeZone}::text), 'YYYY-MM-DD') AS since
    FROM browser_report r
    WHERE r.store_id = ${store.id}::bigint AND r.conversion_id IS NULL AND r.outcome IN ('sent', 'fired')
      AND r.received_at BETWEEN ${new Date(now - KEPT_MS)}::timestamptz AND ${new Date(now - WAITED_MS)}::timestamptz`;
  return row ?? { count: 0, since: null };
}
