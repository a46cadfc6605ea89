import { beforeEach, describe, expect, it } from "vitest";

import { hashCheckoutToken } from "#app/conversions/order/checkout-token.ts";
import { exportPurpose } from "#app/privacy/process-compliance-requests.server.ts";
import { answerAdmin } from "#tests/setup/answer-admin.ts";
import type { CallAdmin } from "#app/stores/shopify/call-admin.server.ts";
import { openWebhookDesk, webhookRequest } from "#tests/security/webhook-desk.ts";
import { openPairing, proxyRequest, report, SHORT, TOKEN } from "#tests/setup/open-pairing.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const SHOP = "privacy.myshopify.com";
const START = Date.parse("2026-11-22T12:00:00Z");
const DAY = 86_400_000;
const UNKNOWN = { fire: false, reason: "unknown_order" };
const OTHER_TOKEN = "00000000000000000000000000000002";
const BUYER = { email: "buyer@example.com" };

describe.each(DATABASE_KINDS)("after a redaction on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let desk: ReturnType<typeof openWebhookDesk>;
  let storeId: bigint;
  beforeEach(async () => {
    const { prisma } = test.database;
    await prisma.store.deleteMany();
    await prisma.complianceRequest.deleteMany();
    await prisma.job.deleteMany();
    desk = openWebhookDesk(test.database, START);
    const store = await prisma.store.create({
      data: {
        shop: SHOP,
        country: "US",
        webPixelState: "connected",
        installedAt: new Date(START - 100 * DAY),
        datasets: { create: { datasetId: "111", createdAt: new Date(START - 100 * DAY) } },
      },
    });
    storeId = store.id;
    await desk.pay(SHOP, "6100000000001");
  });

  const post = (topic: "customers/redact" | "customers/data_request", body: object) =>
    desk.comply(
      topic,
      webhookRequest(topic, SHOP, JSON.stringify({ shop_id: 1, shop_domain: SHOP, ...body })),
    );
  const redact = (orders: readonly number[] = [], customer: object = BUYER) =>
    post("customers/redact", { customer, orders_to_redact: orders });
  const open = (callAdmin?: CallAdmin) =>
    openPairing(test.database, { clock: desk.clock, times: SHORT, ...(callAdmin ? { callAdmin } : {}) });
  const ask = async (orderId: string | null, more: object = {}, setup = open()) =>
    (await setup.ask(report(orderId, { shop: SHOP, clientTime: desk.time.now, ...more }))).body;
  const reports = () => test.database.prisma.browserReport.findMany({ orderBy: { id: "asc" } });
  /** Reports that hold anything of a buyer. */
  const personal = async () =>
    (await reports()).filter(
      (row) =>
        row.document !== null || row.clientIp !== null || row.clientUserAgent !== null || row.copy !== null,
    );
  const exported = async () => {
    const request = await test.database.prisma.complianceRequest.findFirstOrThrow({
      where: { topic: "customers/data_request" },
    });
    if (request.sealedExport === null) return undefined;
    const opened = desk.secretBox.open(request.sealedExport, exportPurpose(request.id));
    return JSON.parse(opened.ok ? opened.plain : "null") as {
      orders: object[];
      browserReportsWithoutOrder: Record<string, unknown>[];
    };
  };

  it("keeps nothing of a thank-you page that is opened again", async () => {
    expect(await ask("6100000000001")).toMatchObject({ fire: true });
    await redact();
    for (const checkoutToken of [TOKEN, OTHER_TOKEN])
      expect(await ask("6100000000001", { checkoutToken })).toEqual(UNKNOWN);
    expect(await ask("6100000000001", { consent: { marketing: false } })).toEqual(UNKNOWN);
    expect(await personal()).toEqual([]);
    expect(await reports()).toHaveLength(1);
  });

  it.each(["PAID", "PENDING"])(
    "keeps nothing when the browser knew the checkout alone: %s",
    async (status) => {
      await redact();
      const found = {
        legacyResourceId: "6100000000001",
        checkoutToken: TOKEN,
        displayFinancialStatus: status,
      };
      const callAdmin = answerAdmin(() => ({ data: { order: null, orders: { nodes: [found] } } }));
      expect(await ask(null, {}, open(callAdmin))).toMatchObject({ fire: false });
      expect(await reports()).toEqual([]);
    },
  );

  it("keeps nothing of the customer's order page", async () => {
    await redact();
    const setup = open();
    const body = {
      v: 1,
      orderId: "6100000000001",
      consent: { marketing: true },
      fbp: "fb.1.1596403881668.1",
    };
    const query = { shop: SHOP, logged_in_customer_id: "8800000000001" };
    const answer = await setup.pairing.order(proxyRequest("/proxy/order", body, query));
    expect(await answer.json()).toEqual(UNKNOWN);
    expect(await reports()).toEqual([]);
  });

  it("takes in neither an order that was named and never stored, nor its reports", async () => {
    expect(await ask("6100000000077")).toEqual(UNKNOWN);
    expect(await personal()).toHaveLength(1);
    await redact([6100000000077], {});
    expect(await personal()).toEqual([]);
    for (const checkoutToken of [TOKEN, OTHER_TOKEN]) await ask("6100000000077", { checkoutToken });
    expect(await desk.pay(SHOP, "6100000000077")).toBe(200);
    expect(await desk.pay(SHOP, "6100000000077")).toBe(200);
    expect(await personal()).toEqual([]);
    expect((await test.database.prisma.conversion.findMany()).map(({ orderId }) => orderId)).toEqual([
      "6100000000001",
    ]);
    expect(await desk.pay(SHOP, "6100000000078")).toBe(200);
    expect(await test.database.prisma.conversion.count()).toBe(2);
    desk.time.now += 401 * DAY;
    await desk.retain();
    expect(await test.database.prisma.redactedOrder.count()).toBe(0);
  });

  it("erases reports that named a redacted order and never met it", async () => {
    await test.database.prisma.browserReport.create({
      data: {
        storeId,
        orderId: "6100000000001",
        checkoutTokenHash: "another",
        receivedAt: new Date(START),
        document: { fbp: "fb.1.1.1" },
        clientIp: "203.0.113.10",
      },
    });
    await redact();
    expect(await personal()).toEqual([]);
  });

  it("leaves nothing behind where page and redaction come at the same moment", { repeats: 9 }, async () => {
    const ids = Array.from({ length: 12 }, (_, order) => 6100000000100 + order);
    for (const id of ids) await desk.pay(SHOP, String(id), { checkout_token: `t-${id}` });
    const setup = open();
    await Promise.all([
      ...ids.map((id) => ask(String(id), { checkoutToken: `t-${id}` }, setup)),
      redact(ids, {}),
    ]);
    expect(await personal()).toEqual([]);
  });

  it("finds what retention has kept because it can still be sent", async () => {
    const { prisma } = test.database;
    const { id } = await prisma.conversion.findFirstOrThrow();
    await prisma.store.update({ where: { id: storeId }, data: { erasedThrough: id } });
    await prisma.retentionKept.create({ data: { conversionId: id } });
    await redact();
    expect((await prisma.conversion.findFirstOrThrow()).document).toBeNull();
  });

  describe("reports of known orders under another checkout token", () => {
    it("are not kept", async () => {
      expect(await ask("6100000000001", { checkoutToken: OTHER_TOKEN })).toEqual(UNKNOWN);
      expect(await reports()).toEqual([]);
    });

    it("go when the order comes after them, and its own stays", async () => {
      const setup = open();
      await Promise.all(
        [TOKEN, OTHER_TOKEN, "third"].map((checkoutToken) => ask("6100000000002", { checkoutToken }, setup)),
      );
      expect(await reports()).toHaveLength(3);
      await desk.pay(SHOP, "6100000000002");
      expect(await reports()).toMatchObject([
        { checkoutTokenHash: hashCheckoutToken(TOKEN), clientIp: "203.0.113.7" },
      ]);
      expect((await reports())[0]?.conversionId).not.toBeNull();
    });
  });

  describe("an export", () => {
    const request = (customer: object, orders: readonly number[] = []) =>
      post("customers/data_request", { customer, orders_requested: orders, data_request: { id: 1 } });

    it("holds reports that never met an order, of the orders that were named", async () => {
      await ask("6100000000077");
      await ask("6100000000078");
      await request({}, [6100000000077, 6100000000001]);
      const document = await exported();
      expect(document?.orders).toHaveLength(1);
      expect(document?.browserReportsWithoutOrder).toMatchObject([
        {
          orderId: "6100000000077",
          clientIp: "203.0.113.7",
          clientUserAgent: "Mozilla/5.0 (iPhone)",
          document: { fbp: "fb.1.1596403881668.1116446470" },
        },
      ]);
    });

    it.each([
      ["by the e-mail address of the request", BUYER, BUYER, []],
      ["by the telephone number of the exported order", BUYER, { phone: "+15555550100" }, []],
      ["by an order that was named", {}, {}, [6100000000001]],
    ])("is destroyed after retention %s", async (_name, asked, redacted, orders) => {
      await request(asked, [6100000000001]);
      desk.time.now += 29 * DAY;
      const { prisma } = test.database;
      // As retention leaves an old order, and its row has gone since.
      await prisma.conversion.deleteMany();
      await redact([], { email: "somebody@example.org", phone: "+442079460000" });
      expect(await exported()).toBeDefined();
      await redact(orders, redacted);
      expect(await exported()).toBeUndefined();
      const rows = await prisma.complianceRequest.findMany({ where: { topic: "customers/data_request" } });
      expect(rows).toMatchObject([{ progress: null, subject: { orderIds: [] } }]);
    });

    it("takes the hashes of its trail with it when its time is over", async () => {
      await request(BUYER);
      desk.time.now += 31 * DAY;
      await desk.retain();
      expect(await test.database.prisma.complianceRequest.findMany()).toMatchObject([
        { progress: null, sealedExport: null },
      ]);
    });
  });
});
