import { Prisma } from "@prisma/client";
import { z } from "zod";

import type { PixelSharingDependencies } from "./read-pixel-sharing.server.ts";

/**
 * Shopify's privacy settings by country. Reading them takes a scope that the app does not ask merchants for
 * (read_privacy_settings, docs/decisions/0837): where it was granted the answer is kept, elsewhere nothing is known.
 */
const READ_CONSENT_POLICY =
  "query ReadConsentPolicy { consentPolicy(consentRequired: true) { countryCode consentRequired } }";

const answer = z.object({
  data: z.object({
    consentPolicy: z
      .array(
        z.object({
          countryCode: z
            .string()
            .regex(/^[A-Z]{2}$/)
            .nullish(),
          consentRequired: z.boolean().nullish(),
        }),
      )
      .max(1_000),
  }),
});

const ASK_MS = 10_000;
const AGAIN_MS = 24 * 3_600_000;
const BATCH = 200;

/**
 * Asks Shopify, once a day and store, in which countries its settings ask buyers for consent. Any failure is "not known", and
 * nothing else suffers from it. Stores that were never asked come first.
 */
export async function readConsentPolicies(
  deps: PixelSharingDependencies,
  signal: AbortSignal,
): Promise<{ readonly asked: number; readonly told: number }> {
  const { prisma } = deps.database;
  const stores = await prisma.store.findMany({
    where: {
      state: "installed",
      OR: [{ consentCountriesAt: null }, { consentCountriesAt: { lt: new Date(deps.clock() - AGAIN_MS) } }],
    },
    select: { id: true, shop: true },
    orderBy: { consentCountriesAt: { sort: "asc", nulls: "first" } },
    take: BATCH,
  });
  let [asked, told] = [0, 0];
  for (const { id, shop } of stores) {
    if (signal.aborted) break;
    const countries = await askConsentCountries(deps, shop);
    await prisma.store.updateMany({
      where: { id, state: "installed" },
      data: { consentCountries: countries ?? Prisma.DbNull, consentCountriesAt: new Date(deps.clock()) },
    });
    asked += 1;
    if (countries !== null) told += 1;
  }
  return { asked, told };
}

/** ISO codes, each once; null for whatever else happens. */
async function askConsentCountries(deps: PixelSharingDependencies, shop: string): Promise<string[] | null> {
  try {
    const graphql = await deps.openAdmin(shop);
    const call = graphql?.(READ_CONSENT_POLICY, { signal: AbortSignal.timeout(ASK_MS) });
    const read = answer.safeParse(await (await call)?.json()).data;
    if (!read) return null;
    const asking = read.data.consentPolicy.filter(({ consentRequired }) => consentRequired === true);
    return [...new Set(asking.flatMap(({ countryCode }) => countryCode ?? []))].sort();
  } catch (error) {
    deps.log.debug({ err: error, shop }, "Shopify did not say where buyers are asked for consent");
    return null;
  }
}
