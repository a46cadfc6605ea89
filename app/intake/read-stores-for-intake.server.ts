import { readStoredReport, type StoredReport } from "../conversions/read-stored.ts";
import type { MAPPING_SETTINGS } from "../conversions/settings/settings.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { SettingsColumns } from "../stores/settings/store-settings.ts";
import { orderKey, type OrderArrival } from "./order-arrival.ts";

/** A browser report that arrived before its order; `tokenHash` must match for it to count. */
export interface EarlyReport {
  readonly id: bigint;
  readonly tokenHash: string;
  readonly report: StoredReport;
}

export interface IntakeStore extends SettingsColumns<keyof typeof MAPPING_SETTINGS> {
  readonly id: bigint;
  readonly shop: string;
  readonly shopId: string | null;
  readonly state: string;
  readonly reportWaitSeconds: number;
  readonly webPixelConnected: boolean;
  /** Our row IDs of the datasets that get deliveries: active and paused ones (paused keep theirs until resumed). */
  readonly datasetIds: readonly bigint[];
}

interface StoreRow extends Omit<IntakeStore, "datasetIds"> {
  readonly datasetIds: readonly string[];
}

interface ReportRow {
  readonly id: bigint;
  readonly storeId: bigint;
  readonly orderId: string;
  readonly tokenHash: string;
  readonly document: unknown;
  readonly clientIp: string | null;
  readonly clientUserAgent: string | null;
}

/** Everything a group of arrivals needs to know, in two reads: settings as they are now, and reports that came first. */
export async function readStoresForIntake(
  database: Database,
  arrivals: readonly OrderArrival[],
): Promise<{
  readonly stores: ReadonlyMap<string, IntakeStore>;
  /** By `orderKey`. */
  readonly reports: ReadonlyMap<string, readonly EarlyReport[]>;
  /** Which shop a numeric shop ID belongs to, of the IDs that the arrivals name. */
  readonly shopOfId: ReadonlyMap<string, string>;
}> {
  const shops = [...new Set(arrivals.map((arrival) => arrival.shop))];
  const shopIds = [...new Set(arrivals.flatMap((arrival) => arrival.shopId ?? []))];
  const storeRows = await database.direct.$queryRaw<StoreRow[]>`
    SELECT s.id, s.shop, s.shop_id AS "shopId", s.state, s.event_id_rule AS "eventIdRule", s.value_basis AS "valueBasis",
           s.currency_side AS "currencySide", s.content_id AS "contentId", s.sources, s.exclude, s.consent_policy AS "consentPolicy",
           s.customer_segmentation AS "customerSegmentation",
           s.report_wait_seconds AS "reportWaitSeconds", coalesce(s.web_pixel_state = 'connected', false) AS "webPixelConnected",
           coalesce((SELECT jsonb_agg(d.id::text ORDER BY d.id) FROM dataset d
                     WHERE d.store_id = s.id AND d.state IN ('active', 'paused')), '[]'::jsonb) AS "datasetIds"
    FROM store s WHERE s.shop = ANY(${shops}::text[]) OR s.shop_id = ANY(${shopIds}::text[])`;
  const stores = new Map(
    storeRows.map((row): [string, IntakeStore] => [
      row.shop,
      { ...row, datasetIds: row.datasetIds.map(BigInt) },
    ]),
  );

  const wanted = arrivals.flatMap((arrival) => {
    const store = stores.get(arrival.shop);
    return store ? [{ store_id: String(store.id), order_id: arrival.order.id }] : [];
  });
  const reportRows = await database.direct.$queryRaw<ReportRow[]>`
    SELECT r.id, r.store_id AS "storeId", r.order_id AS "orderId", r.checkout_token_hash AS "tokenHash", r.document,
           r.client_ip AS "clientIp", r.client_user_agent AS "clientUserAgent"
    FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) AS w(store_id bigint, order_id text)
    JOIN browser_report r ON r.store_id = w.store_id AND r.order_id = w.order_id`;
  const reports = new Map<string, EarlyReport[]>();
  for (const row of reportRows) {
    const report = readStoredReport(row);
    if (!report) continue;
    const key = orderKey(row.storeId, row.orderId);
    reports.set(key, [...(reports.get(key) ?? []), { id: row.id, tokenHash: row.tokenHash, report }]);
  }
  const shopOfId = new Map(storeRows.flatMap((row) => (row.shopId === null ? [] : [[row.shopId, row.shop]])));
  return { stores, reports, shopOfId };
}
