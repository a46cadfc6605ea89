import { openStage, type DatabaseKind } from "../stage.ts";
import { verify } from "../verify.ts";

/** Each webhook fifty times in parallel, under one webhook ID and under fifty. */
export async function run({
  databaseKind,
  orders = 20,
  copies = 50,
}: {
  databaseKind: DatabaseKind;
  orders?: number;
  copies?: number;
}) {
  const started = performance.now();
  const stage = await openStage({ databaseKind, workers: databaseKind === "server" ? 2 : 0 });
  try {
    for (const duplicatesGetNewId of [false, true]) {
      await stage.send(Math.ceil(orders / 2), { webhook: { duplicates: copies - 1, duplicatesGetNewId } });
    }
    const verdict = await verify(stage, started, 60_000);
    const webhooks = stage.world.shopify.webhooks.stats.ok;
    // Nothing failed here, so there is no excuse for a second copy.
    return { webhooks, ...verdict, ok: verdict.ok && verdict.repeats === 0 && webhooks >= orders * copies };
  } finally {
    await stage.close();
  }
}
