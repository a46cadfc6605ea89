import { beforeEach, describe, expect, it } from "vitest";

import { readAuditedStore } from "#app/audit/gather/read-audited-store.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { readConsentPolicies } from "#app/stores/shopify/read-consent-policy.server.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const SHOP = "asks.myshopify.com";
const HOUR_MS = 3_600_000;

describe.each(DATABASE_KINDS)("where Shopify asks for consent, on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let now: number;
  beforeEach(async () => {
    now = Date.parse("2026-11-26T12:00:00Z");
    await test.database.prisma.store.deleteMany();
    await test.database.prisma.store.create({ data: { shop: SHOP } });
  });
  const read = (answer: unknown) =>
    readConsentPolicies(
      {
        database: test.database,
        clock: () => now,
        log: createLog("silent"),
        openAdmin: async () => async () => ({
          json: async () => {
            if (answer instanceof Error) throw answer;
            return answer;
          },
        }),
      },
      new AbortController().signal,
    );
  const known = async () => {
    const store = await test.database.prisma.store.findUniqueOrThrow({ where: { shop: SHOP } });
    return (await readAuditedStore(test.database, store)).consentCountries;
  };
  const policies = (...of: readonly (readonly [string | null, boolean | null])[]) => ({
    data: { consentPolicy: of.map(([countryCode, consentRequired]) => ({ countryCode, consentRequired })) },
  });

  it("is kept by country, once a day", async () => {
    expect(
      await read(policies(["DE", true], ["FR", true], ["DE", true], ["US", false], [null, true])),
    ).toEqual({
      asked: 1,
      told: 1,
    });
    expect(await known()).toEqual(["DE", "FR"]);
    expect(await read(policies())).toEqual({ asked: 0, told: 0 });
    now += 25 * HOUR_MS;
    await read(policies());
    expect(await known()).toEqual([]);
  });

  it.each([
    ["denied", { data: null, errors: [{ message: "Access denied for consentPolicy field." }] }],
    ["in another shape", { data: { consentPolicy: [{ countryCode: "Germany" }] } }],
    ["no JSON", new SyntaxError("Unexpected token")],
    ["nothing", undefined],
  ])("is not known where the answer is %s", async (_name, answer) => {
    await read(policies(["DE", true]));
    now += 25 * HOUR_MS;
    expect(await read(answer)).toEqual({ asked: 1, told: 0 });
    expect(await known()).toBeNull();
  });
});
