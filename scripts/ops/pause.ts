import { pauseDataset, resumeDataset, type DatasetOfStore } from "#app/delivery/pause-dataset.server.ts";
import type { Database } from "#app/platform/database/database.server.ts";

import { findDataset, findStore, text, type OpsCommand } from "./command.ts";

function switching(
  name: string,
  does: string,
  change: (database: Database, which: DatasetOfStore) => Promise<boolean>,
): OpsCommand {
  return {
    does,
    usage: `${name} --shop SHOP --dataset META_ID`,
    options: { shop: { type: "string" }, dataset: { type: "string" } },
    run: async (context, values) => {
      const storeId = await findStore(context, values);
      const datasetId = await findDataset(context, storeId, text(values, "dataset"));
      return { changed: await change(context.database, { storeId, datasetId }) };
    },
  };
}

export const pause = switching("pause", "stop sending for one dataset; its events are kept", pauseDataset);
export const resume = switching("resume", "send again what was kept while paused", resumeDataset);
