import { SHOP_OPTION, UsageProblem, findStore, optionalNumber, text, type OpsCommand } from "./command.ts";

const MOST_DAYS = 60;

/** Examples for a dev store, so that every page has something to show; nothing of them is ever sent. */
export const seed: OpsCommand = {
  does: "example orders for a dev store without orders; --remove takes them away",
  takes: "half a minute for two weeks",
  options: [
    SHOP_OPTION,
    { flags: "--days <number>", does: `so many days of them, up to ${MOST_DAYS}; 14 without it` },
    { flags: "--remove", does: "takes all of it away again" },
  ],
  run: async (context, values) => {
    const storeId = await findStore(context, values);
    if (values["remove"] === true) {
      const { removeExamples } = await import("./seed/remove-examples.ts");
      return { ok: true, ...(await removeExamples(context.database, storeId)) };
    }
    const days = optionalNumber(values, "days") ?? 14;
    if (days < 1 || days > MOST_DAYS) throw new UsageProblem(`--days takes 1 to ${MOST_DAYS}`);
    const { whyNotSeeded, writeExamples } = await import("./seed/write-examples.ts");
    const problem = await whyNotSeeded(context.database, storeId);
    if (problem !== undefined) return { ok: false, problem };
    const written = await writeExamples(context.database, storeId, { days, now: context.clock() });
    return {
      ok: true,
      ...written,
      remove: `npm run ops -- seed --shop ${text(values, "shop")} --remove`,
    };
  },
};
