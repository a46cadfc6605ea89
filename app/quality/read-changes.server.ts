import type { Store } from "@prisma/client";

import type { Database } from "../platform/database/database.server.ts";
import {
  CHANGE_KINDS,
  readChangeDetails,
  type ChangeDetails,
  type ChangeKind,
} from "../stores/settings/note-change.server.ts";
import { dayIn } from "./store-period.ts";

/** Something that changed in the store, as the log has it. What to say of it: components/change-words. */
export interface StoreChangeView {
  readonly id: string;
  /** Unix milliseconds. */
  readonly at: number;
  /** The store's calendar day, YYYY-MM-DD. */
  readonly day: string;
  readonly kind: ChangeKind;
  /** merchant | app */
  readonly by: string;
  /** Name of the dataset that it is about; null where it is about none, or that dataset is gone. */
  readonly dataset: string | null;
  readonly details: ChangeDetails;
}

/** More than any settings page or chart shows. */
const MOST = 100;

/**
 * What changed, newest first; a kind that this version does not know is left out.
 * @param within first and last day by the store's calendar; without it the newest of all
 */
export async function readChanges(
  { prisma }: Database,
  store: Pick<Store, "id" | "timeZone">,
  within?: { readonly from: string; readonly to: string },
): Promise<readonly StoreChangeView[]> {
  const DAY_MS = 86_400_000;
  const rows = await prisma.storeChange.findMany({
    where: {
      storeId: store.id,
      // A day on either side, whatever the zone; the days themselves are compared below.
      ...(within && {
        at: {
          gte: new Date(Date.parse(within.from) - DAY_MS),
          lt: new Date(Date.parse(within.to) + 2 * DAY_MS),
        },
      }),
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: MOST,
  });
  const datasets = await prisma.dataset.findMany({
    where: { storeId: store.id },
    select: { id: true, name: true, datasetId: true },
  });
  const labels = new Map(datasets.map((each) => [each.id, each.name ?? each.datasetId]));
  return rows
    .flatMap((row) => {
      const kind = CHANGE_KINDS.find((each) => each === row.kind);
      return kind === undefined
        ? []
        : [
            {
              id: String(row.id),
              at: row.at.getTime(),
              day: dayIn(store.timeZone, row.at.getTime()),
              kind,
              by: row.by,
              dataset: row.datasetId === null ? null : (labels.get(row.datasetId) ?? null),
              details: readChangeDetails(row.details),
            },
          ];
    })
    .filter(({ day }) => !within || (day >= within.from && day <= within.to));
}
