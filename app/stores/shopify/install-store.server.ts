import type { Store } from "@prisma/client";

import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";

/** What Shopify says of the shop itself; every field may be missing. */
export interface ShopFacts {
  /** Digits of gid://shopify/Shop/… */
  readonly shopId?: string;
  readonly name?: string;
  readonly timeZone?: string;
  readonly currency?: string;
  readonly country?: string;
  readonly storefrontUrl?: string;
}

/**
 * Makes the store known, or known again. Called after every token exchange, so it may run many times: settings and
 * datasets of a store that never left stay as they are.
 *
 * A store that comes back finds its settings, history and datasets as far as they are still there; the access tokens
 * were destroyed and must be given again. Orders of the time between are not looked for: nobody had asked us to send
 * them.
 */
export async function installStore(
  deps: { readonly database: Database; readonly clock: Clock },
  input: { readonly shop: string; readonly scopes?: string; readonly facts?: ShopFacts },
): Promise<Store> {
  const { prisma } = deps.database;
  const now = new Date(deps.clock());
  const facts = {
    ...input.facts,
    ...(input.scopes === undefined ? {} : { scopes: input.scopes }),
    signedInAt: now,
    // A token exchange is Shopify's own proof that the app is installed.
    uninstallReportedAt: null,
  };
  const returned = await prisma.store.updateMany({
    where: { shop: input.shop, state: { not: "installed" } },
    data: {
      ...facts,
      state: "installed",
      installedAt: now,
      uninstalledAt: null,
      sweptThrough: now,
      sweepProblem: null,
    },
  });
  if (returned.count > 0) return prisma.store.findUniqueOrThrow({ where: { shop: input.shop } });
  return prisma.store.upsert({
    where: { shop: input.shop },
    create: { shop: input.shop, installedAt: now, ...facts },
    update: facts,
  });
}
