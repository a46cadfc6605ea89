import { SHOP_OPTION, optionalTime, text, type OpsCommand } from "./command.ts";

const DAY_MS = 86_400_000;

export const sweep: OpsCommand = {
  does: "take in paid orders that no webhook brought",
  takes: "some seconds for a thousand orders",
  options: [
    SHOP_OPTION,
    {
      flags: "--from <time>",
      does: "changed since then, ISO 8601, at most seven days; without it the last day, and nothing from before the installation (Meta may have it already)",
    },
    { flags: "--to <time>", does: "changed before then, ISO 8601; now without it" },
  ],
  run: async (context, values) => {
    const shop = text(values, "shop");
    const to = optionalTime(values, "to") ?? context.clock();
    const store = await context.database.prisma.store.findUnique({ where: { shop } });
    const from = optionalTime(values, "from") ?? Math.max(to - DAY_MS, store?.installedAt.getTime() ?? 0);
    const { createIntake } = await import("#app/intake/take-in-order.server.ts");
    const { createOfflineAdmin } = await import("#app/offline-admin.server.ts");
    const { createShopify } = await import("#app/shopify.server.ts");
    const { sweepPeriod } = await import("#app/intake/sweep-stores.server.ts");
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
