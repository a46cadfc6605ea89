import type { SecretBox } from "../../platform/process/secret-box.server.ts";
import { tokenPurpose } from "./connect-dataset.server.ts";

/** A dataset's token in the clear, for one call to Meta; undefined when there is none that can be opened with the keys at hand. */
export function openDatasetToken(
  { secretBox }: { readonly secretBox: SecretBox },
  dataset: { readonly storeId: bigint; readonly datasetId: string; readonly sealedToken: string | null },
): string | undefined {
  if (dataset.sealedToken === null) return undefined;
  const opened = secretBox.open(dataset.sealedToken, tokenPurpose(dataset.storeId, dataset.datasetId));
  return opened.ok ? opened.plain : undefined;
}
