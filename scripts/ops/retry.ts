import type { RetryFilter } from "#app/delivery/retry-by-hand.server.ts";

import {
  DATASET_OPTION,
  SHOP_OPTION,
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
  options: [SHOP_OPTION, { flags: "--delivery <id>", does: "the delivery, as the event's page names it" }],
  run: async (context, values) => {
    const storeId = await findStore(context, values);
    const id = text(values, "delivery");
    if (!/^\d+$/.test(id)) throw new UsageProblem("--delivery takes a number");
    const { retryDelivery } = await import("#app/delivery/retry-by-hand.server.ts");
    return retryDelivery(context, { storeId, deliveryId: BigInt(id) });
  },
};

export const retryFilter: OpsCommand = {
  does: "count what a filter finds, and with --yes send it again",
  options: [
    SHOP_OPTION,
    DATASET_OPTION,
    { flags: "--state <state>", does: "dead or retrying" },
    { flags: "--class <class>", does: "the class of what Meta answered last (docs/delivery.md)" },
    { flags: "--code <number>", does: "Meta's error code" },
    { flags: "--subcode <number>", does: "Meta's error subcode" },
    { flags: "--from <time>", does: "taken in since then, ISO 8601" },
    { flags: "--to <time>", does: "taken in before then, ISO 8601" },
    { flags: "--yes", does: "sends them; without it they are only counted" },
  ],
  run: async (context, values) => {
    const storeId = await findStore(context, values);
    const filter = await readFilter(context, storeId, values);
    const { countRetryable, retryByFilter } = await import("#app/delivery/retry-by-hand.server.ts");
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
