import { createIntake } from "#app/intake/take-in-order.server.ts";
import { createOfflineAdmin } from "#app/offline-admin.server.ts";
import { createShopify } from "#app/shopify.server.ts";
import { sweepPeriod } from "#app/intake/sweep-stores.server.ts";

import { optionalTime, text, type OpsCommand } from "./command.ts";

const DAY_MS = 86_400_000;

export const sweep: OpsCommand = {
  does: "take in paid orders that no webhook brought",
  usage:
    "sweep --shop SHOP [--from TIME] [--to TIME]   (at most seven days; default the last day,\n        but nothing from before the installation unless --from says so: Meta may have it already)",
  options: { shop: { type: "string" }, from: { type: "string" }, to: { type: "string" } },
  run: async (context, values) => {
    const shop = text(values, "shop");
    const to = optionalTime(values, "to") ?? context.clock();
    const store = await context.database.prisma.store.findUnique({ where: { shop } });
    const from = optionalTime(values, "from") ?? Math.max(to - DAY_MS, store?.installedAt.getTime() ?? 0);
    const shopify = createShopify({ ...context, onSignedIn: () => Promise.resolve() });
    const intake = createIntake(context);
    const outcome = await sweepPeriod(
      {
        ...context,
        callAdmin: createOfflineAdmin({ ...context, shopify }),
        takeInOrder: (arrival) => intake.takeIn(arrival),
      },
      shop,
      { from, to },
      new AbortController().signal,
    );
    await intake.idle();
    return { ...outcome, ok: outcome.kind === "swept" };
  },
};
