import type { Database } from "../platform/database.server.ts";

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
  return { shop: input.shop, producedAt: new Date(input.now).toISOString(), note: NOTE, orders };
}
