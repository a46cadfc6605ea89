import { DATASET_OPTION, SHOP_OPTION, findDataset, findStore, text, type OpsCommand } from "./command.ts";

function switching(does: string, change: "pauseDataset" | "resumeDataset"): OpsCommand {
  return {
    does,
    options: [SHOP_OPTION, DATASET_OPTION],
    run: async (context, values) => {
      const switches = await import("#app/delivery/pause-dataset.server.ts");
      const storeId = await findStore(context, values);
      const datasetId = await findDataset(context, storeId, text(values, "dataset"));
      return { changed: await switches[change](context.database, { storeId, datasetId }) };
    },
  };
}

export const pause = switching("stop sending for one dataset; its events are kept", "pauseDataset");
export const resume = switching("send again what was kept while paused", "resumeDataset");
