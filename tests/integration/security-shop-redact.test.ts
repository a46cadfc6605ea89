import { describe, expect, it } from "vitest";

import type { Database } from "#app/platform/database/database.server.ts";
import { DAY, OTHER_SHOP, SHOP, START, shareComplianceDesk } from "#tests/security/share-compliance-desk.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";

/** An event of the funnel in each shop, named after it. */
async function addEvents(prisma: Database["prisma"]): Promise<void> {
  await prisma.$executeRaw`SELECT keep_funnel_partitions(${new Date(START)}::date, 1, 1)`;
  await prisma.$executeRaw`
    INSERT INTO funnel_event (day, store_id, dataset_id, event_name, event_id, event_time, received_at, outcome, keys)
    SELECT ${new Date(START)}::date, s.id, d.id, 'AddToCart', s.shop, ${new Date(START)}, ${new Date(START)}, 'sent', '{}'
    FROM store s JOIN dataset d ON d.store_id = s.id`;
}

describe.each(DATABASE_KINDS)("compliance topics on the %s database", (databaseKind) => {
  const compliance = shareComplianceDesk(databaseKind);
  const { test, post, orders, requests } = compliance;

  describe("shop/redact", () => {
    const prisma = () => test.database.prisma;
    const uninstall = () =>
      test.database.prisma.store.update({
        where: { shop: SHOP },
        data: { state: "uninstalled", uninstalledAt: new Date(START) },
      });

    it("deletes everything of the shop and nothing of another", async () => {
      const { prisma } = test.database;
      const store = await uninstall();
      await prisma.session.create({
        data: { id: `offline_${SHOP}`, shop: SHOP, state: "", accessToken: "sealed" },
      });
      await prisma.tally.create({
        data: {
          storeId: store.id,
          datasetId: 0n,
          day: new Date(START),
          metric: "order",
          label: "web",
          count: 1n,
        },
      });
      await addEvents(prisma);
      compliance.desk.time.now += 2 * DAY;
      expect(await post("shop/redact", {})).toBe(200);
      expect(await post("shop/redact", {})).toBe(200);
      expect(await prisma.funnelEvent.findMany({ select: { eventId: true } })).toEqual([
        { eventId: OTHER_SHOP },
      ]);
      expect(await prisma.store.findMany()).toMatchObject([{ shop: OTHER_SHOP }]);
      expect(await orders(OTHER_SHOP)).toEqual({ 1: "kept", 2: "kept", 3: "kept" });
      const { id: storeId } = store;
      for (const left of [
        prisma.conversion.count({ where: { storeId } }),
        prisma.delivery.count({ where: { storeId } }),
        prisma.tally.count({ where: { storeId } }),
        prisma.tallyDelta.count({ where: { storeId } }),
        prisma.dataset.count({ where: { storeId } }),
        prisma.session.count({ where: { shop: SHOP } }),
      ])
        expect(await left).toBe(0);
      expect(await requests()).toMatchObject([
        { topic: "shop/redact", completedAt: new Date(compliance.desk.time.now) },
      ]);
    });

    it("deletes everything of a shop whose uninstall never arrived, because Shopify says that it is gone", async () => {
      const { prisma } = test.database;
      await prisma.session.create({
        data: { id: `offline_${SHOP}`, shop: SHOP, state: "", accessToken: "sealed" },
      });
      compliance.desk.time.now += DAY;
      await compliance.desk.pay(SHOP, "6100000000009");
      compliance.desk.shopify.answer = "gone";
      await post("shop/redact", {});
      expect(await prisma.store.findMany()).toMatchObject([{ shop: OTHER_SHOP }]);
      expect(await prisma.session.count()).toBe(0);
      expect((await requests())[0]).toMatchObject({ result: { conversions: 4, store: "deleted" } });
    });

    it("waits with a shop that counts as installed until Shopify says whether it is", async () => {
      compliance.desk.shopify.answer = "unknown";
      await post("shop/redact", {});
      expect(await orders(SHOP)).toEqual({ 1: "kept", 2: "kept", 3: "kept" });
      expect((await requests())[0]?.completedAt).toBeNull();
      compliance.desk.shopify.answer = "gone";
      compliance.desk.time.now += DAY;
      await compliance.desk.process();
      expect(await prisma().store.findMany()).toMatchObject([{ shop: OTHER_SHOP }]);
    });

    it.each([
      ["the number of another shop", { shop_id: 2 }, 401],
      ["no domain", { shop_domain: undefined }, 422],
      ["an order's ID", { id: 6100000000001 }, 422],
      ["a customer", { customer: {} }, 422],
    ])("refuses a body with %s", async (_name, more, status) => {
      await prisma().store.update({ where: { shop: SHOP }, data: { shopId: "1" } });
      expect(await post("shop/redact", more)).toBe(status);
      expect(await requests()).toEqual([]);
    });

    it("leaves a shop that has come back what it has had since", async () => {
      const { prisma } = test.database;
      const store = await uninstall();
      await prisma.dataset.create({
        data: {
          storeId: store.id,
          datasetId: "222",
          sealedToken: "sealed",
          createdAt: new Date(START + DAY),
        },
      });
      await prisma.store.update({
        where: { shop: SHOP },
        data: { state: "installed", installedAt: new Date(START + DAY), uninstalledAt: null },
      });
      compliance.desk.time.now += DAY + 1000;
      await compliance.desk.pay(SHOP, "6100000000009");
      compliance.desk.time.now += DAY;
      await post("shop/redact", {});
      expect(await orders(SHOP)).toEqual({ 9: "kept" });
      const left = await prisma.dataset.findMany({ where: { storeId: store.id } });
      expect(left.map((dataset) => dataset.datasetId)).toEqual(["222"]);
      expect((await requests())[0]).toMatchObject({ result: { conversions: 3, store: "kept" } });
    });
  });
});
