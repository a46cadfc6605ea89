import {
  countRetryable,
  retryByFilter,
  retryDelivery,
  type RetryFilter,
} from "#app/delivery/retry-by-hand.server.ts";

import {
  UsageProblem,
  findDataset,
  findStore,
  optionalNumber,
  optionalTime,
  text,
  type OpsCommand,
  type OpsContext,
  type OpsValues,
} from "./command.ts";

export const retry: OpsCommand = {
  does: "send one delivery again, now",
  usage: "retry --shop SHOP --delivery ID",
  options: { shop: { type: "string" }, delivery: { type: "string" } },
  run: async (context, values) => {
    const storeId = await findStore(context, values);
    const id = text(values, "delivery");
    if (!/^\d+$/.test(id)) throw new UsageProblem("--delivery takes a number");
    return retryDelivery(context, { storeId, deliveryId: BigInt(id) });
  },
};

export const retryFilter: OpsCommand = {
  does: "count what a filter finds, and with --yes send it again",
  usage:
    "retry-filter --shop SHOP [--dataset META_ID] [--state dead|retrying] [--class CLASS] [--code N] [--subcode N] [--from TIME] [--to TIME] [--yes]",
  options: {
    shop: { type: "string" },
    dataset: { type: "string" },
    state: { type: "string" },
    class: { type: "string" },
    code: { type: "string" },
    subcode: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
    yes: { type: "boolean" },
  },
  run: async (context, values) => {
    const storeId = await findStore(context, values);
    const filter = await readFilter(context, storeId, values);
    const count = await countRetryable(context, { storeId, filter });
    if (values["yes"] !== true)
      return { ...count, note: "nothing was changed; add --yes to send them again" };
    return { ...count, ...(await retryByFilter(context, { storeId, filter })) };
  },
};

async function readFilter(context: OpsContext, storeId: bigint, values: OpsValues): Promise<RetryFilter> {
  const { dataset, state } = values;
  if (state !== undefined && state !== "dead" && state !== "retrying") {
    throw new UsageProblem("--state takes dead or retrying");
  }
  const [code, subcode] = [optionalNumber(values, "code"), optionalNumber(values, "subcode")];
  const [from, to] = [optionalTime(values, "from"), optionalTime(values, "to")];
  return {
    ...(typeof dataset === "string" ? { datasetId: await findDataset(context, storeId, dataset) } : {}),
    ...(state === undefined ? {} : { state }),
    ...(typeof values["class"] === "string" ? { class: values["class"] } : {}),
    ...(code === undefined ? {} : { code }),
    ...(subcode === undefined ? {} : { subcode }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}
