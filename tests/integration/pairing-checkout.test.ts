import type { CallAdmin } from "#app/stores/shopify/call-admin.server.ts";
import { beforeEach, describe, expect, it } from "vitest";

import { hashCheckoutToken } from "#app/conversions/order/checkout-token.ts";
import {
  emptyAdmin,
  openPairing,
  report,
  seedStore,
  SHOP,
  SHORT,
  TOKEN,
  type PairingSetup,
} from "#tests/setup/open-pairing.ts";
import { eventually } from "#tests/setup/eventually.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const UNKNOWN = { fire: false, reason: "unknown_order" };

describe.each(DATABASE_KINDS)("a browser and its order on the %s database", (databaseKind) => {
  const store = shareTestDatabase(databaseKind);
  let setup: PairingSetup;
  beforeEach(async () => {
    await seedStore(store.database);
    setup = openPairing(store.database);
  });
  const conversionOf = (orderId: string) =>
    store.database.prisma.conversion.findFirstOrThrow({
      where: { orderId },
      include: { deliveries: { orderBy: { id: "asc" } } },
    });

  it("fires the server's own figures when the webhook came before the page", async () => {
    await setup.pay("6100000000001");
    const { status, body } = await setup.ask(report("gid://shopify/OrderIdentity/6100000000001"));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      fire: true,
      eventId: "923177",
      value: 38.36,
      currency: "USD",
      orderId: "6100000000001",
      contentType: "product_group",
      datasets: ["1110001"],
    });
    expect(body["limit"]).toBeUndefined();
    const conversion = await conversionOf("6100000000001");
    expect(body["eventTime"]).toBe(conversion.eventTime.getTime() / 1000);
    expect(conversion.deliveries.map(({ state }) => state)).toEqual(["due", "due"]);
    const kept = await store.database.prisma.browserReport.findFirstOrThrow();
    expect(conversion.browserReportId).toBe(kept.id);
    expect(kept).toMatchObject({
      conversionId: conversion.id,
      answer: "fire",
      clientIp: "203.0.113.7",
      clientUserAgent: "Mozilla/5.0 (iPhone)",
      checkoutTokenHash: hashCheckoutToken(TOKEN),
    });
    expect(JSON.stringify(kept.document)).not.toContain(TOKEN);
    expect(kept.document).not.toHaveProperty("ip");
  });

  it("waits for a webhook that comes after the page, and takes the browser's time for both copies", async () => {
    const clientTime = Date.now() - 42_000;
    const asked = setup.ask(report("6100000000002", { clientTime }));
    await eventually(() => expect(setup.pairing.waiting).toBe(1));
    await setup.pay("6100000000002");
    const { body } = await asked;
    expect(body).toMatchObject({ fire: true, eventTime: Math.floor(clientTime / 1000) });
    const conversion = await conversionOf("6100000000002");
    expect(conversion.eventTime.getTime()).toBe(Math.floor(clientTime / 1000) * 1000);
    expect(conversion.deliveries.every(({ state }) => state === "due")).toBe(true);
  });

  it("meets a report whatever comes first, also at the same moment", async () => {
    const ids = Array.from({ length: 15 }, (_, position) => `62000000000${10 + position}`);
    const answers = await Promise.all(
      ids.map(async (id, position) => {
        const asked = setup.ask(report(id));
        await new Promise((resolve) => setTimeout(resolve, position));
        await setup.pay(id);
        return (await asked).body;
      }),
    );
    expect(answers.map((answer) => answer["fire"])).toEqual(ids.map(() => true));
    const unmet = await store.database.prisma.conversion.count({ where: { browserReportId: null } });
    expect(unmet).toBe(0);
  });

  it("finds the order by its checkout where the browser does not know the order", async () => {
    const asked = setup.ask(report(null));
    await eventually(() => expect(setup.pairing.waiting).toBe(1));
    await setup.pay("6100000000003");
    expect((await asked).body).toMatchObject({ fire: true, orderId: "6100000000003" });
  });

  it("says the same at the same moment to every guess, also when Shopify answers slowly", async () => {
    const callAdmin: CallAdmin = async (shop, document, ...variables) => {
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      return emptyAdmin(shop, document, ...variables);
    };
    setup = openPairing(store.database, { callAdmin, times: SHORT });
    await setup.pay("6100000000004");
    await store.database.prisma.store.create({ data: { shop: "gone.myshopify.com", state: "uninstalled" } });
    const spreads: number[] = [];
    // A leak shows in every round, a busy machine not.
    for (let round = 0; round < 3; round += 1) {
      const guesses = await Promise.all([
        setup.ask(report("6100000000004", { checkoutToken: "00000000000000000000000000000002" })),
        setup.ask(report(`610000000999${round}`)),
        setup.ask(report("6100000009980", { shop: "nobody.myshopify.com" })),
        setup.ask(report("6100000009970", { shop: "gone.myshopify.com" })),
        setup.ask(report(null, { checkoutToken: `guess-${round}` })),
      ]);
      for (const guess of guesses) expect(guess).toMatchObject({ status: 200, body: UNKNOWN });
      const times = guesses.map(({ ms }) => ms);
      expect(Math.min(...times)).toBeGreaterThanOrEqual(890);
      spreads.push(Math.max(...times) - Math.min(...times));
    }
    // Shopify's answer would come two seconds late.
    expect(Math.min(...spreads)).toBeLessThan(1_000);
    const conversion = await conversionOf("6100000000004");
    expect(conversion.browserReportId).toBeNull();
  });

  it("permits one browser to fire, repeats that to its retry, and permits nobody else", async () => {
    await setup.pay("6100000000005");
    const tabs = await Promise.all(
      Array.from({ length: 8 }, (_, tab) => setup.ask(report("6100000000005", { eventId: `tab-${tab}` }))),
    );
    const fired = tabs.filter(({ body }) => body["fire"]);
    expect(fired).toHaveLength(1);
    expect(tabs.filter(({ body }) => body["reason"] === "already_reported")).toHaveLength(7);

    const winner = tabs.findIndex(({ body }) => body["fire"]);
    const again = await setup.ask(report("6100000000005", { eventId: `tab-${winner}` }));
    const { ticket: _first, ...copy } = fired[0]?.body ?? {};
    const { ticket, ...repeated } = again.body;
    expect(repeated).toEqual(copy);

    const told = {
      v: 1,
      shop: SHOP,
      ticket,
      outcome: "sent",
      datasets: [{ id: "1110001", outcome: "sent" }],
      firedAt: Date.now(),
    };
    expect(await setup.tell(told)).toBe(204);
    const after = await setup.ask(report("6100000000005", { eventId: `tab-${winner}` }));
    expect(after.body).toEqual({ fire: false, reason: "already_reported" });
  });

  it("does not repeat the permission after a minute, nor 47 hours after the payment", async () => {
    let now = Date.now();
    setup = openPairing(store.database, { clock: () => now });
    await setup.pay("6100000000006");
    expect((await setup.ask(report("6100000000006"))).body["fire"]).toBe(true);
    now += 61_000;
    expect((await setup.ask(report("6100000000006"))).body).toMatchObject({ reason: "already_reported" });

    await setup.pay("6100000000007");
    now += 48 * 3_600_000;
    expect((await setup.ask(report("6100000000007"))).body).toMatchObject({ reason: "already_reported" });
  });

  it("says why it does not fire to the buyer of a test order, without consent, or where sending is off", async () => {
    await setup.pay("6100000000011", { test: true });
    expect((await setup.ask(report("6100000000011"))).body).toMatchObject({ reason: "test_order" });

    await setup.pay("6100000000012");
    const refused = { marketing: false, analytics: true, preferences: true, saleOfData: false };
    expect((await setup.ask(report("6100000000012", { consent: refused }))).body).toMatchObject({
      reason: "no_consent",
    });
    const kept = await store.database.prisma.browserReport.findFirstOrThrow({
      where: { orderId: "6100000000012" },
    });
    expect(kept).toMatchObject({ clientIp: null, clientUserAgent: null, answer: "no_consent" });
    expect(kept.document).not.toHaveProperty("fbp");

    await store.database.prisma.store.updateMany({ data: { sources: { web: false } } });
    await setup.pay("6100000000013");
    expect((await setup.ask(report("6100000000013"))).body).toMatchObject({ reason: "paused" });
    await store.database.prisma.store.updateMany({ data: { sources: { web: true } } });
    await store.database.prisma.dataset.updateMany({ data: { state: "paused" } });
    await setup.pay("6100000000014");
    expect((await setup.ask(report("6100000000014"))).body).toMatchObject({ reason: "paused" });
  });

  it("limits the use of data where their sale was refused", async () => {
    await setup.pay("6100000000015");
    const consent = { marketing: true, analytics: true, preferences: true, saleOfData: false };
    const { body } = await setup.ask(report("6100000000015", { consent }));
    // The fixture's buyer lives in Texas: Meta's country 1 (US), state 1005.
    expect(body).toMatchObject({ fire: true, limit: { country: 1, state: 1005 } });
  });

  it("keeps one event time once a server copy may have left", async () => {
    await setup.pay("6100000000016");
    const before = await conversionOf("6100000000016");
    await store.database.prisma.delivery.updateMany({ data: { state: "leased" } });
    const { body } = await setup.ask(report("6100000000016", { clientTime: Date.now() - 90_000 }));
    expect(body["eventTime"]).toBe(before.eventTime.getTime() / 1000);
    expect((await conversionOf("6100000000016")).deliveries[0]?.state).toBe("leased");
  });

  it("revives server copies that were skipped for want of consent", async () => {
    await setup.pay("6100000000017");
    await store.database.prisma.delivery.updateMany({
      data: { state: "skipped", skipReason: "no_consent", settledAt: new Date() },
    });
    expect((await setup.ask(report("6100000000017"))).body["fire"]).toBe(true);
    const { deliveries } = await conversionOf("6100000000017");
    expect(deliveries[0]).toMatchObject({ state: "due", skipReason: null, settledAt: null });
  });

  it("takes nothing in again of a buyer whose data were erased, nor an address that no copy needs", async () => {
    await setup.pay("6100000000018");
    const where = { orderId: "6100000000018" };
    await store.database.prisma.delivery.updateMany({ data: { state: "delivered" } });
    expect((await setup.ask(report("6100000000018"))).body["fire"]).toBe(true);
    const kept = await store.database.prisma.browserReport.findFirstOrThrow({ where });
    expect(kept).toMatchObject({ clientIp: null, clientUserAgent: null });

    // Erased to nothing by hand: what privacy/ does is its own affair.
    await store.database.prisma.$executeRaw`UPDATE conversion SET document = NULL`;
    await store.database.prisma.$executeRaw`UPDATE browser_report SET document = NULL`;
    expect((await setup.ask(report("6100000000018"))).body).toEqual({ fire: false, reason: "unknown_order" });
    expect((await store.database.prisma.browserReport.findFirstOrThrow({ where })).document).toBeNull();
  });
});
