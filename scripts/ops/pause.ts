import { pauseDataset, resumeDataset, type DatasetOfStore } from "#app/delivery/pause-dataset.server.ts";
import type { Database } from "#app/platform/database/database.server.ts";

import { DATASET_OPTION, SHOP_OPTION, findDataset, findStore, text, type OpsCommand } from "./command.ts";

function switching(
  does: string,
  change: (database: Database, which: DatasetOfStore) => Promise<boolean>,
): OpsCommand {
  return {
    does,
    options: [SHOP_OPTION, DATASET_OPTION],
    run: async (context, values) => {
      const storeId = await findStore(context, values);
      const datasetId = await findDataset(context, storeId, text(values, "dataset"));
      return { changed: await change(context.database, { storeId, datasetId }) };
    },
  };
}

export const pause = switching("stop sending for one dataset; its events are kept", pauseDataset);
export const resume = switching("send again what was kept while paused", resumeDataset);
