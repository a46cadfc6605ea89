import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { SALE_KINDS, hasBrowserCopy, storedKind } from "#app/conversions/order/sale-kinds.ts";
import { foldTallies } from "#app/quality/fold-tallies.server.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { kept, recount, sorted } from "#tests/setup/recount-tallies.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const STATES = ["waiting", "due", "leased", "delivered", "retrying", "held", "dead"] as const;
const PAIRINGS = ["pending", "paired", "server_only", "browser_only", "mismatched"] as const;
const KEYS = ["em", "ph", "fbp", "fbc", "external_id"] as const;

type Step =
  | {
      readonly do: "order";
      readonly many: number;
      readonly source: string;
      readonly hour: number;
      readonly skip: boolean;
      readonly via: string;
      readonly kind?: string | null;
      readonly currency?: string | null;
      readonly test?: boolean;
    }
  | {
      readonly do: "settle";
      readonly state: (typeof STATES)[number];
      readonly share: number;
      readonly keys: readonly string[];
    }
  | { readonly do: "skip"; readonly reason: string; readonly share: number }
  | { readonly do: "pair"; readonly pairing: (typeof PAIRINGS)[number]; readonly share: number }
  | { readonly do: "learn"; readonly kind: string | null; readonly share: number }
  | { readonly do: "attempt"; readonly class: string; readonly events: number }
  | { readonly do: "fold" };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant("order" as const),
    many: fc.integer({ min: 1, max: 6 }),
    source: fc.constantFrom("web", "subscription_first", "pos", "draft", "headless", "subscription"),
    hour: fc.integer({ min: 0, max: 72 }),
    skip: fc.boolean(),
    via: fc.constantFrom("webhook", "webhook", "sweep"),
    kind: fc.constantFrom("new", "returning", null),
    currency: fc.constantFrom("USD", "USD", "PKR", null),
    test: fc.constantFrom(false, false, true),
  }),
  fc.record({
    do: fc.constant("learn" as const),
    kind: fc.constantFrom("new", "returning", null),
    share: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    do: fc.constant("settle" as const),
    state: fc.constantFrom(...STATES),
    share: fc.integer({ min: 1, max: 3 }),
    keys: fc.subarray([...KEYS]),
  }),
  fc.record({
    do: fc.constant("skip" as const),
    reason: fc.constantFrom("no_consent", "too_old"),
    share: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    do: fc.constant("pair" as const),
    pairing: fc.constantFrom(...PAIRINGS),
    share: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    do: fc.constant("attempt" as const),
    class: fc.constantFrom("ok", "throttled", "credential"),
    events: fc.integer({ min: 1, max: 50 }),
  }),
  fc.record({ do: fc.constant("fold" as const) }),
);

/** After every payment below: the rows bear one clock, and not the machine's. */
const TAKEN_IN = new Date(Date.UTC(2026, 2, 9));

describe.each(DATABASE_KINDS)("tallies on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let serial = 0;

  async function openStore(timeZone = "America/Los_Angeles") {
    serial += 1;
    return test.database.prisma.store.create({
      data: {
        shop: `tally-${serial}.myshopify.com`,
        timeZone,
        installedAt: TAKEN_IN,
        datasets: {
          create: [
            { datasetId: "111", createdAt: TAKEN_IN },
            { datasetId: "222", createdAt: TAKEN_IN },
          ],
        },
      },
      include: { datasets: true },
    });
  }
  type OpenedStore = Awaited<ReturnType<typeof openStore>>;

  async function run(store: OpenedStore, history: readonly Step[]): Promise<void> {
    const { prisma } = test.database;
    for (const each of history) {
      switch (each.do) {
        case "order": {
          const rows = Array.from({ length: each.many }, () => {
            serial += 1;
            return {
              storeId: store.id,
              eventName: "Purchase",
              sourceKey: String(serial),
              eventId: String(serial),
              eventTime: TAKEN_IN,
              paidAt: new Date(Date.UTC(2026, 2, 7, each.hour)),
              receivedAt: TAKEN_IN,
              source: each.source,
              actionSource: "website",
              shopValue: 10.25,
              shopCurrency: each.currency ?? null,
              test: each.test ?? false,
              customerKind: each.kind ?? null,
              via: each.via,
            };
          });
          const made = await prisma.conversion.createManyAndReturn({ data: rows, select: { id: true } });
          await prisma.delivery.createMany({
            data: made.flatMap(({ id }) =>
              store.datasets.map((dataset) => ({
                storeId: store.id,
                datasetId: dataset.id,
                conversionId: id,
                state: each.skip ? "skipped" : "due",
                skipReason: each.skip ? "source_off" : null,
                createdAt: TAKEN_IN,
                dueAt: TAKEN_IN,
                expiresAt: TAKEN_IN,
              })),
            ),
          });
          break;
        }
        case "settle":
          await prisma.$executeRaw`UPDATE delivery SET state = ${each.state}, sent_keys = ${[...each.keys]}::text[]
            WHERE store_id = ${store.id}::bigint AND state NOT IN ('delivered', 'skipped') AND id % ${each.share}::int = 0`;
          break;
        case "skip":
          await prisma.$executeRaw`UPDATE delivery SET state = 'skipped', skip_reason = ${each.reason}
            WHERE store_id = ${store.id}::bigint AND state <> 'delivered' AND id % ${each.share}::int = 0`;
          break;
        case "pair":
          await prisma.$executeRaw`UPDATE conversion SET pairing = ${each.pairing}
            WHERE store_id = ${store.id}::bigint AND id % ${each.share}::int = 0`;
          break;
        case "learn":
          await prisma.$executeRaw`UPDATE conversion SET customer_kind = ${each.kind}::text
            WHERE store_id = ${store.id}::bigint AND id % ${each.share}::int = 0`;
          break;
        case "attempt":
          await prisma.attempt.create({
            data: {
              storeId: store.id,
              datasetId: store.datasets[0]?.id ?? 0n,
              startedAt: new Date(Date.UTC(2026, 2, 8, 3)),
              durationMs: 10,
              events: each.events,
              class: each.class,
            },
          });
          break;
        case "fold":
          await foldTallies(test.database);
          break;
      }
    }
  }

  it("agree with a recount of every row after any history", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (history) => {
        const store = await openStore();
        await run(store, history);
        expect(sorted(await kept(test.database, store.id))).toEqual(
          sorted(await recount(test.database, store.id)),
        );
        await foldTallies(test.database);
        expect(sorted(await kept(test.database, store.id))).toEqual(
          sorted(await recount(test.database, store.id)),
        );
      }),
      { numRuns: databaseKind === "server" ? 25 : 15 },
    );
  });

  it("agree when many write and fold at once", async () => {
    const store = await openStore();
    const histories = fc.sample(fc.array(step, { minLength: 5, maxLength: 8 }), { numRuns: 8, seed: 7 });
    // Writers of one row wait for each other in the order of its ID or are told to try again; none may be lost.
    await Promise.all(
      histories.map(async (history) => {
        for (const each of history) {
          for (let tries = 0; ; tries += 1) {
            try {
              await run(store, [each]);
              break;
            } catch (error) {
              if (tries > 5 || !String(error).includes("deadlock")) throw error;
            }
          }
        }
      }),
    );
    await Promise.all([foldTallies(test.database), foldTallies(test.database)]);
    expect(sorted(await kept(test.database, store.id))).toEqual(
      sorted(await recount(test.database, store.id)),
    );
    expect(await test.database.prisma.tallyDelta.count({ where: { storeId: store.id } })).toBe(0);
  });

  it("know the same sales that have a browser copy as the mapping does", async () => {
    const rows = await test.database.prisma.$queryRaw<{ kind: string; has: boolean }[]>`
      SELECT kind, has_browser_copy(kind) AS has FROM unnest(${[...SALE_KINDS, "subscription"]}::text[]) AS kind`;
    expect(rows.map(({ kind, has }) => [kind, has])).toEqual(
      [...SALE_KINDS, "subscription"].map((kind) => [kind, hasBrowserCopy(storedKind(kind))]),
    );
  });

  it("put an order on the store's day, also where the clock changes", async () => {
    // 2026-03-08: Los Angeles goes from UTC-8 to UTC-7 at 10:00 UTC. 07:30 UTC is still the 7th; 06:30 the day after is the 8th.
    const store = await openStore();
    await run(store, [
      { do: "order", many: 1, source: "web", hour: 24 + 7, skip: false, via: "webhook" },
      { do: "order", many: 1, source: "web", hour: 48 + 6, skip: false, via: "webhook" },
    ]);
    const days = (await kept(test.database, store.id)).filter((row) => row.metric === "order");
    expect(days.map((row) => row.day).sort()).toEqual(["2026-03-07", "2026-03-08"]);
  });

  it("keep the day when the store moves, and take nothing off another day", async () => {
    const store = await openStore("Pacific/Auckland");
    await run(store, [{ do: "order", many: 2, source: "web", hour: 20, skip: false, via: "webhook" }]);
    await test.database.prisma.store.update({
      where: { id: store.id },
      data: { timeZone: "America/Los_Angeles" },
    });
    await run(store, [{ do: "settle", state: "delivered", share: 1, keys: ["em"] }]);
    const rows = (await kept(test.database, store.id)).filter((row) => row.metric === "delivery");
    expect(new Set(rows.map((row) => row.day))).toEqual(new Set(["2026-03-08"]));
    expect(rows.every((row) => row.count > 0)).toBe(true);
  });

  it("keep a store with a time zone that nobody knows open, in UTC", async () => {
    const store = await openStore("Mars/Olympus_Mons");
    expect(store.timeZone).toBe("UTC");
    await run(store, [{ do: "order", many: 1, source: "web", hour: 1, skip: false, via: "webhook" }]);
    expect((await kept(test.database, store.id))[0]?.day).toBe("2026-03-07");
  });

  it("survive the erasing of the rows they counted", async () => {
    const store = await openStore();
    await run(store, [
      { do: "order", many: 3, source: "web", hour: 20, skip: false, via: "webhook" },
      { do: "settle", state: "delivered", share: 1, keys: ["em"] },
    ]);
    const before = sorted(await kept(test.database, store.id));
    await test.database.prisma.conversion.deleteMany({ where: { storeId: store.id } });
    await foldTallies(test.database);
    expect(sorted(await kept(test.database, store.id))).toEqual(before);
    expect(before.length).toBeGreaterThan(3);
  });
});
