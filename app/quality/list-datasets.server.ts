import type { Database } from "../platform/database/database.server.ts";

/** Every dataset that a store ever had, by the names that the pages call them. */
export async function listDatasets(
  { prisma }: Database,
  storeId: bigint,
): Promise<readonly { readonly id: string; readonly label: string }[]> {
  const datasets = await prisma.dataset.findMany({
    where: { storeId },
    select: { id: true, name: true, datasetId: true },
    orderBy: { id: "asc" },
  });
  return datasets.map((each) => ({ id: String(each.id), label: each.name ?? each.datasetId }));
}
