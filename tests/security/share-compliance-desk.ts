import { beforeEach } from "vitest";

import { openWebhookDesk, webhookRequest } from "#tests/security/webhook-desk.ts";
import type { DatabaseKind } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

export const SHOP = "privacy.myshopify.com";
export const OTHER_SHOP = "other.myshopify.com";
export const START = Date.parse("2026-11-22T12:00:00Z");
export const DAY = 86_400_000;
/** Somebody else, who must keep everything. */
const SOMEBODY = {
  email: "somebody@example.org",
  contact_email: "somebody@example.org",
  phone: "+442079460000",
  customer: { id: 8800000000009, email: "somebody@example.org", phone: null },
  billing_address: null,
  shipping_address: null,
};

/** Two shops with the same three orders each: of one buyer with an account, of a guest, and of somebody else. */
export function shareComplianceDesk(databaseKind: DatabaseKind) {
  const test = shareTestDatabase(databaseKind);
  let desk: ReturnType<typeof openWebhookDesk>;
  beforeEach(async () => {
    const { prisma } = test.database;
    await prisma.store.deleteMany();
    await prisma.complianceRequest.deleteMany();
    await prisma.job.deleteMany();
    desk = openWebhookDesk(test.database, START);
    for (const shop of [SHOP, OTHER_SHOP]) {
      await prisma.store.create({
        data: {
          shop,
          country: "US",
          installedAt: new Date(START - 100 * DAY),
          datasets: { create: { datasetId: "111", createdAt: new Date(START - 100 * DAY) } },
        },
      });
      await desk.pay(shop, "6100000000001");
      await desk.pay(shop, "6100000000002", { customer: null, email: "buyer@example.com" });
      await desk.pay(shop, "6100000000003", SOMEBODY);
    }
    await prisma.delivery.updateMany({
      where: { conversion: { orderId: "6100000000002" } },
      data: { state: "delivered", sentPayload: { user_data: { em: ["hash"] } }, lastMessage: "ok" },
    });
  });

  const post = (
    topic: Parameters<typeof desk.comply>[0],
    body: object,
    headers: Record<string, string> = {},
  ) =>
    desk.comply(
      topic,
      webhookRequest(topic, SHOP, JSON.stringify({ shop_id: 1, shop_domain: SHOP, ...body }), headers),
    );
  const orders = async (shop: string) => {
    const rows = await test.database.prisma.conversion.findMany({
      where: { store: { shop } },
      include: { deliveries: true },
      orderBy: { id: "asc" },
    });
    return Object.fromEntries(
      rows.map((row) => [
        row.orderId?.slice(-1),
        row.redactedAt
          ? `redacted ${row.deliveries.map((delivery) => delivery.skipReason ?? delivery.state).join()}`
          : "kept",
      ]),
    );
  };
  const requests = () => test.database.prisma.complianceRequest.findMany({ orderBy: { id: "asc" } });
  return {
    test,
    /** As it is in the test that runs. */
    get desk() {
      return desk;
    },
    post,
    orders,
    requests,
  };
}
