import type { Store } from "@prisma/client";

import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.server.ts";

/** What Shopify says of the shop itself; every field may be missing. */
export interface ShopFacts {
  readonly name?: string;
  readonly timeZone?: string;
  readonly currency?: string;
  readonly country?: string;
  readonly storefrontUrl?: string;
}

/**
 * Makes the store known, or known again. Called after every token exchange, so it may run many times: settings and
 * datasets of a store that never left stay as they are.
 */
export async function installStore(
  deps: { readonly database: Database; readonly clock: Clock },
  input: { readonly shop: string; readonly scopes?: string; readonly facts?: ShopFacts },
): Promise<Store> {
  const now = new Date(deps.clock());
  const facts = { ...input.facts, ...(input.scopes === undefined ? {} : { scopes: input.scopes }) };
  const known = await deps.database.prisma.store.findUnique({ where: { shop: input.shop } });
  if (known) {
    const returned =
      known.state === "installed" ? {} : { state: "installed", installedAt: now, uninstalledAt: null };
    return deps.database.prisma.store.update({ where: { id: known.id }, data: { ...facts, ...returned } });
  }
  return deps.database.prisma.store.upsert({
    where: { shop: input.shop },
    create: { shop: input.shop, installedAt: now, ...facts },
    update: facts,
  });
}
