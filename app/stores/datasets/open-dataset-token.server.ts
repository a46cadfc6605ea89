import type { SecretBox } from "../../platform/process/secret-box.server.ts";

/** The purpose under which a dataset's token is sealed: bound to its store and dataset. */
export function tokenPurpose(storeId: bigint, metaDatasetId: string): string {
  return `dataset:${storeId}:${metaDatasetId}`;
}

/** A dataset's token in the clear, for one call to Meta; undefined when there is none that can be opened with the keys at hand. */
export function openDatasetToken(
  { secretBox }: { readonly secretBox: Pick<SecretBox, "open"> },
  dataset: { readonly storeId: bigint; readonly datasetId: string; readonly sealedToken: string | null },
): string | undefined {
  if (dataset.sealedToken === null) return undefined;
  const opened = secretBox.open(dataset.sealedToken, tokenPurpose(dataset.storeId, dataset.datasetId));
  return opened.ok ? opened.plain : undefined;
}
