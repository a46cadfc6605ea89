import { checkDataset, type DatasetCheck } from "../../meta/check-dataset.ts";
import type { DatasetDependencies } from "./connect-dataset.server.ts";
import { tokenPurpose } from "./open-dataset-token.server.ts";
import { releaseDataset } from "./release-dataset.server.ts";
import { readDatasetName } from "./dataset-input.ts";
import { checkColumns } from "./connect-dataset.server.ts";
import { sayText } from "../../texts/texts.ts";
import "../../texts/areas/connect.ts";

/** A store's dataset by our row ID: every statement names both, so that one store never reaches another's. */
export interface DatasetOfStore {
  readonly storeId: bigint;
  readonly datasetId: bigint;
}

export type CheckOutcome =
  | { readonly kind: "checked"; readonly check: DatasetCheck }
  | { readonly kind: "token_lost"; readonly words: string }
  | { readonly kind: "not_found" };

/** Asks Meta again whether the stored token works; a good answer lets a held dataset send at once. */
export async function checkConnectedDataset(
  deps: DatasetDependencies,
  which: DatasetOfStore,
): Promise<CheckOutcome> {
  const { prisma } = deps.database;
  const dataset = await prisma.dataset.findFirst({
    where: { id: which.datasetId, storeId: which.storeId, state: { not: "disconnected" } },
  });
  if (!dataset) return { kind: "not_found" };
  const opened = dataset.sealedToken
    ? deps.secretBox.open(dataset.sealedToken, tokenPurpose(which.storeId, dataset.datasetId))
    : undefined;
  if (!opened?.ok) return { kind: "token_lost", words: sayText({ key: "connect.tokenLost" }) };
  const check = checkDataset(dataset.datasetId, await deps.graph.debugToken(opened.plain));
  await prisma.dataset.update({
    where: { id: dataset.id },
    data: checkColumns(check, deps.clock()),
  });
  if (check.ok) await releaseDataset(deps.database, dataset.id);
  return { kind: "checked", check };
}

/** @returns false when there is no such dataset */
export async function renameDataset(
  deps: Pick<DatasetDependencies, "database">,
  which: DatasetOfStore,
  name: string,
): Promise<boolean> {
  const { count } = await deps.database.prisma.dataset.updateMany({
    where: { id: which.datasetId, storeId: which.storeId, state: { not: "disconnected" } },
    data: { name: readDatasetName(name) },
  });
  return count > 0;
}

/**
 * Disconnects a dataset: its token is destroyed at once, and what waits for it is skipped by the worker, as an explained
 * skip. History stays.
 * @returns false when there is no such dataset
 */
export async function disconnectDataset(
  deps: Pick<DatasetDependencies, "database">,
  which: DatasetOfStore,
): Promise<boolean> {
  const { count } = await deps.database.prisma.dataset.updateMany({
    where: { id: which.datasetId, storeId: which.storeId, state: { not: "disconnected" } },
    data: {
      state: "disconnected",
      sealedToken: null,
      tokenLastFour: null,
      heldClass: null,
      heldCode: null,
      heldMessage: null,
      heldAt: null,
      probeAt: null,
    },
  });
  return count > 0;
}
