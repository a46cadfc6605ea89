import { tokenPurpose } from "./stores/datasets/connect-dataset.server.ts";
import type { Tandem } from "./tandem.server.ts";

/** A dataset's token in the clear, for one call to Meta; undefined when there is none that this house can open. */
export function openDatasetToken(
  { secretBox }: Pick<Tandem, "secretBox">,
  dataset: { readonly storeId: bigint; readonly datasetId: string; readonly sealedToken: string | null },
): string | undefined {
  if (dataset.sealedToken === null) return undefined;
  const opened = secretBox.open(dataset.sealedToken, tokenPurpose(dataset.storeId, dataset.datasetId));
  return opened.ok ? opened.plain : undefined;
}
