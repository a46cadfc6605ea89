import { createHash } from "node:crypto";

import { describe, expect, it } from "vitest";

import { exportPurpose } from "#app/privacy/process-compliance-requests.server.ts";
import { DAY, OTHER_SHOP, SHOP, START, shareComplianceDesk } from "#tests/security/share-compliance-desk.ts";
import { webhookRequest } from "#tests/security/webhook-desk.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";

describe.each(DATABASE_KINDS)("compliance topics on the %s database", (databaseKind) => {
  const compliance = shareComplianceDesk(databaseKind);
  const { test, post, orders, requests } = compliance;

  it.each([
    ["the e-mail alone", { customer: { email: " Buyer@Example.com " }, orders_to_redact: [] }],
    [
      "the phone and the order that had another address",
      { customer: { phone: "(555) 555-0100" }, orders_to_redact: [6100000000002] },
    ],
    ["the orders alone", { customer: {}, orders_to_redact: [6100000000001, 6100000000002] }],
    [
      "everything",
      {
        customer: { id: 8800000000001, email: "other.buyer@example.com", phone: "+15555550100" },
        orders_to_redact: [6100000000001, 6100000000002],
      },
    ],
  ])("redacts a customer known by %s, and nobody else", async (_name, body) => {
    expect(await post("customers/redact", body)).toBe(200);
    expect(await orders(SHOP)).toEqual({ 1: "redacted redacted", 2: "redacted delivered", 3: "kept" });
    expect(await orders(OTHER_SHOP)).toEqual({ 1: "kept", 2: "kept", 3: "kept" });
    const [conversion] = await test.database.prisma.conversion.findMany({
      where: { orderId: "6100000000001", store: { shop: SHOP } },
    });
    expect(conversion).toMatchObject({
      document: null,
      clientIp: null,
      clientUserAgent: null,
      checkoutTokenHash: null,
      identityKeys: [],
      eventId: "923177",
    });
    const sent = await test.database.prisma.delivery.findMany({
      where: { conversion: { store: { shop: SHOP }, redactedAt: { not: null } } },
    });
    expect(sent.map((delivery) => [delivery.sentPayload, delivery.lastMessage])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it("deletes the customer's events of the funnel, and hands them out on request before that", async () => {
    const { prisma } = test.database;
    const externalId = createHash("sha256").update("8800000000001").digest("hex");
    await prisma.$executeRaw`TRUNCATE funnel_event`;
    await prisma.$executeRaw`SELECT keep_funnel_partitions(${new Date(START)}::date, 1, 1)`;
    await prisma.$executeRaw`
      INSERT INTO funnel_event (day, store_id, dataset_id, event_name, event_id, event_time, received_at, outcome, keys, payload)
      SELECT ${new Date(START)}::date, s.id, d.id, 'AddToCart', v.id, ${new Date(START)}, ${new Date(START)}, 'sent', '{}',
             jsonb_build_object('user_data', jsonb_build_object('external_id', jsonb_build_array(v.hash)))
      FROM store s JOIN dataset d ON d.store_id = s.id
      CROSS JOIN (VALUES ('theirs', ${externalId}), ('somebody', ${"0".repeat(64)})) AS v(id, hash)`;
    const customer = { id: 8800000000001 };
    await post("customers/data_request", { customer, orders_requested: [], data_request: { id: 71 } });
    const [asked] = await requests();
    if (!asked) throw new Error("the request was kept");
    const opened = compliance.desk.secretBox.open(asked.sealedExport ?? "", exportPurpose(asked.id));
    expect(JSON.parse(opened.ok ? opened.plain : "{}")).toMatchObject({
      events: [{ dataset: "111", eventName: "AddToCart", eventId: "theirs" }],
    });
    await post("customers/redact", { customer, orders_to_redact: [] });
    const left = await prisma.$queryRaw`
      SELECT s.shop, e.event_id AS id FROM funnel_event e JOIN store s ON s.id = e.store_id ORDER BY s.shop, e.event_id`;
    expect(left).toEqual([
      { shop: OTHER_SHOP, id: "somebody" },
      { shop: OTHER_SHOP, id: "theirs" },
      { shop: SHOP, id: "somebody" },
    ]);
    expect((await requests()).at(-1)).toMatchObject({ topic: "customers/redact", result: { events: 1 } });
  });

  it("finds by the customer's ID only what names it", async () => {
    await post("customers/redact", { customer: { id: 8800000000001 }, orders_to_redact: [] });
    expect(await orders(SHOP)).toEqual({ 1: "redacted redacted", 2: "kept", 3: "kept" });
  });

  it("does not let a redacted order come back, nor its browser report stay", async () => {
    const store = await test.database.prisma.store.findUniqueOrThrow({ where: { shop: SHOP } });
    await test.database.prisma.browserReport.create({
      data: {
        storeId: store.id,
        orderId: "6100000000001",
        checkoutTokenHash: "h",
        receivedAt: new Date(START),
        document: { fbp: "fb.1.1.1" },
        clientIp: "203.0.113.10",
      },
    });
    await post("customers/redact", { customer: {}, orders_to_redact: [6100000000001] });
    await compliance.desk.pay(SHOP, "6100000000001");
    expect((await orders(SHOP))["1"]).toBe("redacted redacted");
    expect(await test.database.prisma.browserReport.findMany()).toMatchObject([
      { document: null, copy: null, clientIp: null, clientUserAgent: null },
    ]);
  });

  it("waits for a worker that is sending in this moment, and erases what it writes", async () => {
    const { prisma } = test.database;
    const where = { conversion: { orderId: "6100000000001", store: { shop: SHOP } } };
    await prisma.delivery.updateMany({
      where,
      data: { state: "leased", leaseUntil: new Date(START + 60_000) },
    });
    await post("customers/redact", { customer: {}, orders_to_redact: [6100000000001] });
    expect((await requests())[0]?.completedAt).toBeNull();
    await prisma.delivery.updateMany({
      where,
      data: { state: "delivered", leaseUntil: null, sentPayload: { late: true } },
    });
    compliance.desk.time.now += 61_000;
    await compliance.desk.process();
    expect((await requests())[0]?.completedAt).toEqual(new Date(compliance.desk.time.now));
    expect(await prisma.delivery.findMany({ where })).toMatchObject([
      { state: "delivered", sentPayload: null },
    ]);
  });

  it("keeps a complete export for 30 days, sealed, then destroys it", async () => {
    await post("customers/data_request", {
      customer: { email: "buyer@example.com" },
      orders_requested: [],
      data_request: { id: "9007199254740993" },
    });
    const [request] = await requests();
    expect(request).toMatchObject({
      requestKey: "9007199254740993",
      completedAt: new Date(START),
      dueAt: new Date(START + 30 * DAY),
      exportExpiresAt: new Date(START + 30 * DAY),
      result: { conversions: 2 },
      subject: { orderIds: [] },
    });
    expect(request?.sealedExport).not.toContain("203.0.113.10");
    const opened = compliance.desk.secretBox.open(
      request?.sealedExport ?? "",
      exportPurpose(request?.id ?? 0n),
    );
    const document = JSON.parse(opened.ok ? opened.plain : "null") as { orders: Record<string, unknown>[] };
    expect(document.orders.map((order) => order["orderId"])).toEqual(["6100000000001", "6100000000002"]);
    expect(document.orders[0]).toMatchObject({
      clientIp: "203.0.113.10",
      document: { fbp: "fb.1.1758805031025.600000001" },
      deliveries: [{ dataset: "111", state: "due" }],
    });
    expect(document.orders[1]).toMatchObject({
      deliveries: [{ sentPayload: { user_data: { em: ["hash"] } } }],
    });
    compliance.desk.time.now += 30 * DAY + 1000;
    await compliance.desk.retain();
    expect((await requests())[0]?.sealedExport).toBeNull();
  });

  it("destroys an export when the customer is redacted after it", async () => {
    const customer = { email: "buyer@example.com" };
    await post("customers/data_request", { customer, orders_requested: [], data_request: { id: 5 } });
    await post("customers/redact", { customer: { email: "somebody@example.org" }, orders_to_redact: [] });
    expect((await requests())[0]?.sealedExport).not.toBeNull();
    await post("customers/redact", { customer, orders_to_redact: [] });
    expect((await requests())[0]?.sealedExport).toBeNull();
  });

  it("writes down one request however often it comes, without a raw value in it", async () => {
    const body = {
      customer: { id: 8800000000001, email: "buyer@example.com", phone: "+15555550100" },
      orders_to_redact: [6100000000001],
    };
    expect(await Promise.all([post("customers/redact", body), post("customers/redact", body)])).toEqual([
      200, 200,
    ]);
    expect(await post("customers/redact", body)).toBe(200);
    await compliance.desk.process();
    expect(await requests()).toHaveLength(1);
    const stored = JSON.stringify(await requests(), (_key, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    for (const raw of ["buyer@example.com", "5555550100", "8800000000001"]) expect(stored).not.toContain(raw);
  });

  it("looks again when a customer who was redacted has bought again", async () => {
    const body = { customer: { email: "buyer@example.com" }, orders_to_redact: [] };
    await post("customers/redact", body);
    await compliance.desk.pay(SHOP, "6100000000008");
    await post("customers/redact", body);
    expect((await orders(SHOP))["8"]).toBe("redacted redacted");
  });

  it.each([
    ["a wrong signature", { "x-shopify-hmac-sha256": Buffer.alloc(32).toString("base64") }, {}, 401],
    ["the body of another shop", {}, { shop_domain: OTHER_SHOP }, 401],
    ["the body of another topic", {}, { data_request: { id: 1 } }, 422],
  ])("refuses %s and writes nothing down", async (_name, headers, more, status) => {
    expect(
      await post("customers/redact", { customer: { email: "buyer@example.com" }, ...more }, headers),
    ).toBe(status);
    expect(await requests()).toEqual([]);
    expect(await orders(SHOP)).toEqual({ 1: "kept", 2: "kept", 3: "kept" });
  });

  it("does not take a customer's redaction for the whole shop's", async () => {
    const body = JSON.stringify({ shop_id: 1, shop_domain: SHOP, customer: { id: 1 }, orders_to_redact: [] });
    expect(await compliance.desk.comply("shop/redact", webhookRequest("customers/redact", SHOP, body))).toBe(
      422,
    );
  });

  it("finishes a request for a shop that it does not know", async () => {
    const body = JSON.stringify({
      shop_domain: "nobody.myshopify.com",
      customer: { email: "a@example.com" },
    });
    await compliance.desk.comply(
      "customers/redact",
      webhookRequest("customers/redact", "nobody.myshopify.com", body),
    );
    expect(await requests()).toMatchObject([{ completedAt: new Date(START), result: { conversions: 0 } }]);
  });
});
