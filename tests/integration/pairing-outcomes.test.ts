import { beforeEach, describe, expect, it } from "vitest";

import { closePairings } from "#app/pairing/close-pairings.server.ts";
import { settlePairing } from "#app/pairing/settle-pairing.server.ts";
import {
  openPairing,
  proxyRequest,
  report,
  seedStore,
  SHOP,
  type PairingSetup,
} from "#tests/setup/open-pairing.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

/** The customer of the fixture. */
const CUSTOMER = "7000000000001";

describe.each(DATABASE_KINDS)("what became of both copies on the %s database", (databaseKind) => {
  const store = shareTestDatabase(databaseKind);
  let setup: PairingSetup;
  beforeEach(async () => {
    await seedStore(store.database);
    setup = openPairing(store.database);
  });

  const conversionOf = (orderId: string) =>
    store.database.prisma.conversion.findFirstOrThrow({ where: { orderId } });
  const fire = async (orderId: string) => {
    await setup.pay(orderId);
    const { body } = await setup.ask(report(orderId));
    expect(body["fire"]).toBe(true);
    return body;
  };
  const tell = (ticket: unknown, outcome: string) =>
    setup.tell({
      v: 1,
      shop: SHOP,
      ticket,
      outcome,
      datasets: [{ id: "1110001", outcome }],
      firedAt: Date.now(),
    });
  /** Settles the server copy as the worker does; `payload` is what Meta was sent. */
  const deliver = async (orderId: string, payload: object) => {
    const { id } = await conversionOf(orderId);
    const now = new Date();
    await store.database.prisma.delivery.updateMany({
      where: { conversionId: id },
      data: { state: "delivered", firstSentAt: now, settledAt: now, sentPayload: payload },
    });
    await settlePairing(store.database, [id], Date.now());
  };
  const serverCopy = (answer: Record<string, unknown>, more: object = {}) => ({
    event_id: answer["eventId"],
    event_time: answer["eventTime"],
    custom_data: { value: answer["value"], currency: answer["currency"] },
    ...more,
  });

  it("pairs copies that agree, whichever was first", async () => {
    const first = await fire("8000000000001");
    await tell(first["ticket"], "sent");
    expect((await conversionOf("8000000000001")).pairing).toBe("pending");
    await deliver("8000000000001", serverCopy(first));
    expect(await conversionOf("8000000000001")).toMatchObject({
      pairing: "paired",
      pairedAt: expect.any(Date),
    });

    const second = await fire("8000000000002");
    await deliver("8000000000002", serverCopy(second));
    await tell(second["ticket"], "sent");
    expect((await conversionOf("8000000000002")).pairing).toBe("paired");
  });

  it("pairs copies whose value differs: Meta counts them once", async () => {
    const answer = await fire("8000000000013");
    await tell(answer["ticket"], "sent");
    await deliver("8000000000013", serverCopy(answer, { custom_data: { value: 1, currency: "EUR" } }));
    expect((await conversionOf("8000000000013")).pairing).toBe("paired");
  });

  it.each([
    ["ID", { event_id: "another" }],
    ["name", { event_name: "AnotherName" }],
  ])("calls copies mismatched that differ in %s", async (_what, change) => {
    const answer = await fire("8000000000014");
    await tell(answer["ticket"], "sent");
    await deliver("8000000000014", serverCopy(answer, change));
    expect((await conversionOf("8000000000014")).pairing).toBe("mismatched");
  });

  it("knows the server's copy alone at once from a blocker, and after an hour from silence", async () => {
    const blocked = await fire("8000000000004");
    await deliver("8000000000004", serverCopy(blocked));
    await tell(blocked["ticket"], "blocked");
    expect((await conversionOf("8000000000004")).pairing).toBe("server_only");

    const silent = await fire("8000000000005");
    await deliver("8000000000005", serverCopy(silent));
    const clock = { now: Date.now() + 59 * 60_000 };
    const close = () =>
      closePairings({ database: store.database, clock: () => clock.now }, new AbortController().signal);
    await close();
    expect((await conversionOf("8000000000005")).pairing).toBe("pending");
    clock.now += 2 * 60_000;
    expect(await close()).toEqual({ seen: 1, changed: 1 });
    expect((await conversionOf("8000000000005")).pairing).toBe("server_only");
    expect(await close()).toEqual({ seen: 0, changed: 0 });
    // The phone wakes up and says that it had fired.
    await tell(silent["ticket"], "sent");
    expect((await conversionOf("8000000000005")).pairing).toBe("paired");
  });

  it("knows the browser's copy alone when the server's will never go", async () => {
    const answer = await fire("8000000000006");
    await tell(answer["ticket"], "sent");
    const { id } = await conversionOf("8000000000006");
    await store.database.prisma.delivery.updateMany({ where: { conversionId: id }, data: { state: "dead" } });
    await settlePairing(store.database, [id], Date.now());
    expect((await conversionOf("8000000000006")).pairing).toBe("browser_only");
  });

  it("keeps the first outcome, lets a later 'sent' outrank it, and accepts no forged ticket", async () => {
    const answer = await fire("8000000000007");
    const ticket = String(answer["ticket"]);
    const forged = `${ticket.slice(0, -2)}${ticket.endsWith("AA") ? "BB" : "AA"}`;
    expect(await tell(forged, "sent")).toBe(204);
    expect(await tell("x", "sent")).toBe(204);
    const outcomeNow = async () => (await store.database.prisma.browserReport.findFirstOrThrow()).outcome;
    expect(await outcomeNow()).toBeNull();
    await tell(ticket, "failed");
    await tell(ticket, "blocked");
    expect(await outcomeNow()).toBe("failed");
    await tell(ticket, "sent");
    await tell(ticket, "failed");
    expect(await outcomeNow()).toBe("sent");
    expect(await setup.tell({ v: 1, ticket })).toBe(400);
  });

  it("takes the report of an older browser program, and rows that hold its word", async () => {
    const answer = await fire("8000000000017");
    await tell(answer["ticket"], "fired");
    const { prisma } = store.database;
    const where = { orderId: "8000000000017" };
    expect((await prisma.browserReport.findFirstOrThrow({ where })).outcome).toBe("sent");
    await prisma.browserReport.updateMany({ where, data: { outcome: "fired" } });
    await tell(answer["ticket"], "blocked");
    expect((await prisma.browserReport.findFirstOrThrow({ where })).outcome).toBe("fired");
    const { id } = await conversionOf("8000000000017");
    await prisma.delivery.updateMany({ where: { conversionId: id }, data: { state: "dead" } });
    await settlePairing(store.database, [id], Date.now());
    expect((await conversionOf("8000000000017")).pairing).toBe("browser_only");
  });

  it("lets the customer's order page fire what no browser has fired, for its own customer alone", async () => {
    await setup.pay("8000000000008", { customer: { id: Number(CUSTOMER) } });
    const page = {
      v: 1,
      orderId: 8000000000008,
      consent: { marketing: true, saleOfData: true },
      pageUrl: "https://shop.example/account",
      clientTime: Date.now(),
    };
    const visit = async (customerId: string, secret?: string) => {
      const request = proxyRequest("/proxy/order", page, { logged_in_customer_id: customerId }, secret);
      const response = await setup.pairing.order(request);
      return {
        status: response.status,
        body: response.status === 200 ? ((await response.json()) as Record<string, unknown>) : {},
      };
    };
    expect((await visit(CUSTOMER, "wrong secret")).status).toBe(401);
    expect((await visit("")).body).toEqual({ fire: false, reason: "unknown_order" });
    expect((await visit("7000000000002")).body).toEqual({ fire: false, reason: "unknown_order" });
    const own = await visit(CUSTOMER);
    expect(own.body).toMatchObject({ fire: true, eventId: "923177", orderId: "8000000000008" });
    const fired = {
      v: 1,
      shop: SHOP,
      ticket: own.body["ticket"],
      outcome: "sent",
      datasets: [],
      firedAt: Date.now(),
    };
    expect((await setup.pairing.proxyFired(proxyRequest("/proxy/fired", fired))).status).toBe(204);
    expect((await visit(CUSTOMER)).body).toEqual({ fire: false, reason: "already_reported" });
    expect((await setup.ask(report("8000000000008"))).body).toEqual({
      fire: false,
      reason: "already_reported",
    });
    const kept = await store.database.prisma.browserReport.findFirstOrThrow({
      where: { source: "order_page" },
    });
    expect(kept.clientIp).toBeNull();
  });

  it("lets the order page try again where the checkout's browser was blocked", async () => {
    await setup.pay("8000000000009", { customer: { id: Number(CUSTOMER) } });
    const { body } = await setup.ask(report("8000000000009"));
    await tell(body["ticket"], "blocked");
    const page = { v: 1, orderId: "8000000000009", consent: { marketing: true } };
    const response = await setup.pairing.order(
      proxyRequest("/proxy/order", page, { logged_in_customer_id: CUSTOMER }),
    );
    expect(await response.json()).toMatchObject({ fire: true, eventId: body["eventId"] });
  });

  it("hears the embed's heartbeat through a fresh signature only, for twenty themes at most", async () => {
    const beat = (theme: number, query?: Record<string, string>) =>
      setup.pairing.heartbeat(
        proxyRequest(
          "/proxy/heartbeat",
          { v: 1, version: "1.0.0", theme, pixels: ["99"], senders: ["gtm", "new"], blocked: true },
          query,
        ),
      );
    const stale = String(Math.floor(Date.now() / 1000) - 120);
    expect((await beat(1, { timestamp: stale })).status).toBe(401);
    for (let theme = 1; theme <= 20; theme += 1) expect((await beat(theme)).status).toBe(204);
    expect((await beat(21)).status).toBe(429);
    expect((await beat(3)).status).toBe(204);
    const rows = await store.database.prisma.heartbeat.findMany({ orderBy: { theme: "asc" } });
    expect(rows).toHaveLength(20);
    expect(rows.find(({ theme }) => theme === "3")).toMatchObject({
      beats: 1n,
      blocked: 1n,
      pixels: ["99"],
      senders: ["gtm", "other_fbq"],
    });
  });
});
