import { readStoredConversion } from "../conversions/read-stored.ts";
import type { Database } from "../platform/database/database.server.ts";

const STEP = 200;

const NOTE =
  "Everything that Tandem holds of this customer. E-mail, phone, name and address are held only as SHA-256 hashes of " +
  "their normalised forms (user_data keys of Meta's Conversions API); the values themselves were never stored.";

/**
 * Everything stored about these conversions, as the merchant may hand it to the customer: column by column as it is
 * kept, without our own row IDs.
 */
export async function exportConversions(
  { prisma }: Database,
  input: {
    readonly shop: string;
    readonly storeId: bigint;
    readonly conversionIds: readonly bigint[];
    /** Those that the request named; they may be unknown. */
    readonly orderIds: readonly string[];
    /** Unix milliseconds */
    readonly now: number;
  },
): Promise<object> {
  const orders: object[] = [];
  for (let from = 0; from < input.conversionIds.length; from += STEP) {
    const ids = input.conversionIds.slice(from, from + STEP);
    const rows = await prisma.conversion.findMany({
      where: { storeId: input.storeId, id: { in: [...ids] } },
      include: { deliveries: { include: { dataset: { select: { datasetId: true } } } } },
      orderBy: { id: "asc" },
    });
    const reports = await prisma.browserReport.findMany({
      where: { storeId: input.storeId, conversionId: { in: [...ids] } },
    });
    for (const { id, storeId: _store, browserReportId: _report, deliveries, ...conversion } of rows) {
      orders.push({
        ...conversion,
        document: readStoredConversion(conversion.document) ?? conversion.document,
        browserReports: reports
          .filter((report) => report.conversionId === id)
          .map(({ id: _id, storeId: _of, conversionId: _its, ...report }) => report),
        deliveries: deliveries.map(
          ({
            id: _id,
            storeId: _of,
            conversionId: _its,
            datasetId: _row,
            leaseToken: _lease,
            dataset,
            ...delivery
          }) => ({
            dataset: dataset.datasetId,
            ...delivery,
          }),
        ),
      });
    }
  }
  const browserReportsWithoutOrder = await readUnmetReports(prisma, input);
  return {
    shop: input.shop,
    producedAt: new Date(input.now).toISOString(),
    note: NOTE,
    orders,
    browserReportsWithoutOrder,
  };
}

interface UnmetReport {
  readonly orderId: string | null;
  readonly source: string;
  readonly receivedAt: Date;
  readonly document: unknown;
  readonly clientIp: string | null;
  readonly clientUserAgent: string | null;
  readonly checkoutTokenHash: string | null;
}

/**
 * What browsers told of the named and found orders without ever meeting one: reports of orders that never came, and
 * reports that came before their order was erased. Under another checkout token than a stored order's they are somebody
 * else's and stay out. Reports carry no name or e-mail address: nothing but the order can tell whose they are.
 */
async function readUnmetReports(
  prisma: Database["prisma"],
  input: {
    readonly storeId: bigint;
    readonly conversionIds: readonly bigint[];
    readonly orderIds: readonly string[];
  },
): Promise<readonly UnmetReport[]> {
  return prisma.$queryRaw<UnmetReport[]>`
    SELECT r.order_id AS "orderId", r.source, r.received_at AS "receivedAt", r.document, r.client_ip AS "clientIp",
           r.client_user_agent AS "clientUserAgent", r.checkout_token_hash AS "checkoutTokenHash"
    FROM browser_report r
    LEFT JOIN conversion c ON c.store_id = r.store_id AND c.event_name = 'Purchase' AND c.source_key = r.order_id
    WHERE r.store_id = ${input.storeId}::bigint AND r.conversion_id IS NULL
      AND (c.checkout_token_hash IS NULL OR c.checkout_token_hash = r.checkout_token_hash)
      AND (r.order_id = ANY(${[...input.orderIds]}::text[]) OR r.order_id IN (
        SELECT source_key FROM conversion
        WHERE store_id = ${input.storeId}::bigint AND id = ANY(${input.conversionIds.map(String)}::bigint[])))
    ORDER BY r.id`;
}
