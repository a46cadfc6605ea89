import { beforeEach, describe, expect, it } from "vitest";

import { buildBatches } from "#app/delivery/build-batch.ts";
import { claimDueDeliveries } from "#app/delivery/claim-due-deliveries.server.ts";
import { openPairing, report, seedStore, type PairingSetup } from "#tests/setup/open-pairing.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

/** A customer as webhooks of API version 2024-10 and older have them, with orders before this one. */
const RETURNING = { customer: { id: 7000000000001, orders_count: 3 } };
const NEW = "new_customer_to_business";
const EXISTING = "existing_customer_to_business";

describe.each(DATABASE_KINDS)("whether the buyer is new, on the %s database", (databaseKind) => {
  const store = shareTestDatabase(databaseKind);
  let setup: PairingSetup;
  beforeEach(async () => {
    await seedStore(store.database);
    setup = openPairing(store.database);
  });

  const kindOf = async (orderId: string) =>
    (await store.database.prisma.conversion.findFirstOrThrow({ where: { orderId } })).customerKind;

  /** The server copies that would leave now, as Meta would get them. */
  async function serverCopies(): Promise<(string | undefined)[]> {
    const now = Date.now();
    const lanes = await claimDueDeliveries(store.database, {
      ...{ claimId: "test", now, leaseMs: 60_000, cursor: 0n, lanes: 9, perLane: 9, limit: 9, busy: [] },
      mode: { kind: "due" },
    });
    return lanes
      .flatMap((lane) => buildBatches(lane, now, 100).batches.flat())
      .map(({ event }) => event.custom_data.customer_segmentation);
  }

  it.each([
    ["the page after the webhook", true],
    ["the page before the webhook", false],
  ])("is the browser's word on both copies: %s", async (_name, isWebhookFirst) => {
    const ask = () => setup.ask(report("6300000000001", { isFirstOrder: true }));
    if (isWebhookFirst) await setup.pay("6300000000001", RETURNING);
    const asked = ask();
    if (!isWebhookFirst) {
      // Kept first: the intake joins it.
      await expect.poll(() => store.database.prisma.browserReport.count()).toBe(1);
      await setup.pay("6300000000001", RETURNING);
    }
    expect((await asked).body).toMatchObject({ fire: true, customerSegmentation: [NEW] });
    expect(await kindOf("6300000000001")).toBe("new");
    const copies = await serverCopies();
    expect(copies.length).toBeGreaterThan(0);
    expect(new Set(copies)).toEqual(new Set([NEW]));
  });

  it("is the order's word where the browser has none", async () => {
    await setup.pay("6300000000002", RETURNING);
    const { body } = await setup.ask(report("6300000000002"));
    expect(body).toMatchObject({ fire: true, customerSegmentation: [EXISTING] });
    expect(new Set(await serverCopies())).toEqual(new Set([EXISTING]));
  });

  it("stays what the first copy said, also where that was nothing", async () => {
    await setup.pay("6300000000003");
    await store.database.prisma.delivery.updateMany({
      data: { state: "delivered", firstSentAt: new Date() },
    });
    const { body } = await setup.ask(report("6300000000003", { isFirstOrder: true }));
    expect(body).toMatchObject({ fire: true });
    expect(body).not.toHaveProperty("customerSegmentation");
    expect(await kindOf("6300000000003")).toBeNull();
  });

  it("is told to nobody where the store switched it off, and still counted", async () => {
    await store.database.prisma.store.updateMany({ data: { customerSegmentation: false } });
    await setup.pay("6300000000004");
    const { body } = await setup.ask(report("6300000000004", { isFirstOrder: false }));
    expect(body).toMatchObject({ fire: true });
    expect(body).not.toHaveProperty("customerSegmentation");
    expect(new Set(await serverCopies())).toEqual(new Set([undefined]));
    expect(await kindOf("6300000000004")).toBe("returning");
  });

  it("is not kept of a buyer who refused", async () => {
    await setup.pay("6300000000005");
    await setup.ask(report("6300000000005", { isFirstOrder: true, consent: { marketing: false } }));
    const kept = await store.database.prisma.browserReport.findFirstOrThrow();
    expect(kept.document).not.toHaveProperty("isFirstOrder");
    expect(await kindOf("6300000000005")).toBeNull();
  });
});
