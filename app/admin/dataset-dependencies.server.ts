import { releaseDataset } from "../delivery/hold-dataset.server.ts";
import type { DatasetDependencies } from "../stores/datasets/connect-dataset.server.ts";
import type { Tandem } from "../tandem.server.ts";

/** What the use cases of a dataset need, from the whole. */
export function datasetDependencies({ database, graph, secretBox, clock }: Tandem): DatasetDependencies {
  return {
    database,
    graph,
    secretBox,
    clock,
    releaseDataset: (datasetId) => releaseDataset(database, datasetId),
  };
}
