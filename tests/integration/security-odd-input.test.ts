import { beforeAll, describe, expect, it } from "vitest";

import { seededRandom } from "#sandbox/shopify/orders/seeded-random.ts";
import { ODD, oddOrder } from "#tests/security/odd-order.ts";
import { openWebhookDesk, orderBody } from "#tests/security/webhook-desk.ts";
import { openPairing, report, seedStore, SHORT, type PairingSetup } from "#tests/setup/open-pairing.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const SHOP = "odd.myshopify.com";
const START = Date.parse("2026-11-22T12:00:00Z");

/** What one buyer wrote must not cost another's order: orders that arrive together are written together. */
describe.each(DATABASE_KINDS)("odd orders on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let desk: ReturnType<typeof openWebhookDesk>;
  beforeAll(async () => {
    desk = openWebhookDesk(test.database, START);
    await test.database.prisma.store.create({
      data: {
        shop: SHOP,
        country: "US",
        installedAt: new Date(START),
        datasets: { create: { datasetId: "111", createdAt: new Date(START) } },
      },
    });
  });

  it("takes in an order with what the database has no letter for, without it", async () => {
    const odd = {
      name: "#1\u0000\ud800",
      note_attributes: [{ name: "_fbp", value: "fb.1.1758805031025.6\u0000" }],
      client_details: { browser_ip: "203.0.113.9", user_agent: "Mozilla\u0000/5.0 \udc00" },
      landing_site: "/\u0000?fbclid=\ud800",
      source_name: "web\u0000",
    };
    expect(await desk.pay(SHOP, "6100000000001", odd)).toBe(200);
    // No text at all rather than half of one.
    const stored = await test.database.prisma.conversion.findFirstOrThrow({
      where: { orderId: "6100000000001" },
    });
    expect(stored).toMatchObject({ orderName: null, clientUserAgent: null });
  });

  it("answers 200 or 422 to 200 orders with anything in any field, and stores each that it took", async () => {
    const random = seededRandom(20261122);
    const answers = new Map<string, number>();
    for (let group = 0; group < 4; group += 1)
      await Promise.all(
        Array.from({ length: 50 }, async (_, index) => {
          const id = String(6_200_000_000_000 + group * 50 + index);
          const body = index === 0 ? orderBody(id, START) : oddOrder(random, id, START);
          answers.set(id, await desk.receive(SHOP, body));
        }),
      );
    const statuses = [...new Set(answers.values())].sort();
    expect(statuses.filter((status) => status !== 200 && status !== 422)).toEqual([]);
    const stored = await test.database.prisma.conversion.count({
      where: { orderId: { gte: "6200000000000" } },
    });
    expect(stored).toBe([...answers.values()].filter((status) => status === 200).length);
  });
});

/** The pixel's endpoint is open to anybody: what somebody sends is refused or read as less, and is never an error of ours. */
describe.each(DATABASE_KINDS)("odd browser reports on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let setup: PairingSetup;
  beforeAll(async () => {
    await seedStore(test.database);
    setup = openPairing(test.database, { times: SHORT });
    await setup.pay("6100000000001");
  });

  it.each([
    ["of a paid order", "6100000000001"],
    ["of an order that nobody knows", "6100000000002"],
  ])("answers anything in any field of a report %s", async (_which, orderId) => {
    const whole = report(orderId, { fbc: "fb.1.1758805031025.a", pageUrl: "https://x.example/" });
    const bodies = [...Object.keys(whole), "datasets"].flatMap((field) =>
      ODD.map((value) => ({ ...whole, [field]: value })),
    );
    const asked = await Promise.all(
      bodies.map(async (body, index) => {
        const { status } = await setup.ask(body, `198.51.100.${index % 250}`);
        return status === 200 || status === 400 || status === 413
          ? []
          : [`${status} ${JSON.stringify(body)}`];
      }),
    );
    expect(asked.flat()).toEqual([]);
  });
});
