import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { openDatabase } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { answerAdmin } from "#tests/setup/answer-admin.ts";
import type { CallAdmin } from "#app/stores/shopify/call-admin.server.ts";
import { eventually } from "#tests/setup/eventually.ts";
import { openPairing, pixelRequest, report, seedStore, SHORT, TOKEN } from "#tests/setup/open-pairing.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.each(DATABASE_KINDS)("waiting for an order on the %s database", (databaseKind) => {
  const store = shareTestDatabase(databaseKind);
  beforeEach(() => seedStore(store.database));

  it("lets three hundred reports wait without a query, wakes the one that is meant, and ends with the process", async () => {
    const times = { answerMs: 230_000, lookUpMs: 220_000, lastLookMs: 150 };
    const setup = openPairing(store.database, { times });
    const asked = Array.from({ length: 300 }, (_, position) =>
      setup.ask(report(String(7_000_000_000_000 + position))),
    );
    await eventually(() => expect(setup.pairing.waiting).toBe(300));
    await eventually(async () => expect(await store.database.prisma.browserReport.count()).toBe(300));
    const query = vi.spyOn(store.database.prisma, "$queryRaw");
    const execute = vi.spyOn(store.database.prisma, "$executeRaw");
    await pause(300);
    expect(query).not.toHaveBeenCalled();
    expect(execute).not.toHaveBeenCalled();
    query.mockRestore();
    execute.mockRestore();

    await setup.pay("7000000000123");
    expect((await asked[123])?.body).toMatchObject({ fire: true, orderId: "7000000000123" });
    expect(setup.pairing.waiting).toBe(299);

    setup.pairing.stopWaiting();
    const rest = await Promise.all(asked.filter((_, position) => position !== 123));
    expect(new Set(rest.map(({ status }) => status))).toEqual(new Set([503]));
    expect(setup.pairing.waiting).toBe(0);
  });

  it("stops waiting for a browser that has gone", async () => {
    const setup = openPairing(store.database);
    const leaving = new AbortController();
    const request = new Request(pixelRequest("/pixel/checkout", report("7100000000001")), {
      signal: leaving.signal,
    });
    const asked = setup.pairing.checkout(request, "203.0.113.9");
    await eventually(() => expect(setup.pairing.waiting).toBe(1));
    leaving.abort();
    expect((await asked).status).toBe(503);
    expect(setup.pairing.waiting).toBe(0);
  });

  it("refuses what is malformed, too large or too much, in the open to any origin", async () => {
    const setup = openPairing(store.database, { limits: { perAddress: { burst: 6, perSecond: 0.1 } } });
    const send = (body: object | string, headers?: Record<string, string>) =>
      setup.pairing.checkout(pixelRequest("/pixel/checkout", body, headers), "203.0.113.10");
    expect((await send("not json")).status).toBe(400);
    expect((await send({ v: 2 })).status).toBe(400);
    expect((await send(report("1", { pageUrl: "x".repeat(9_000) }))).status).toBe(413);
    expect((await send(report("1"), { "content-type": "multipart/form-data" })).status).toBe(415);
    await setup.pay("7300000000001");
    const first = await send(report("7300000000001"), { "content-type": "application/json" });
    expect(first.status).toBe(200);
    expect(first.headers.get("access-control-allow-origin")).toBe("*");
    expect(first.headers.get("access-control-allow-credentials")).toBeNull();
    expect(first.headers.get("cache-control")).toBe("no-store");
    await send(report("7300000000001"));
    const limited = await send(report("7300000000001"));
    expect(limited.status).toBe(429);
    expect(limited.headers.get("retry-after")).toBe("10");
  });

  it("keeps no more than a handful of reports for one order that nobody has confirmed", async () => {
    const setup = openPairing(store.database, { times: { answerMs: 200, lookUpMs: 50, lastLookMs: 50 } });
    for (let guess = 0; guess < 12; guess += 1)
      await setup.ask(report("7400000000001", { checkoutToken: `guess-${guess}` }));
    expect(await store.database.prisma.browserReport.count()).toBe(8);
    // The buyer's own report is met all the same.
    await setup.pay("7400000000001");
    expect((await setup.ask(report("7400000000001"))).body).toMatchObject({ fire: true });
  });
});

describe("two processes on one server", () => {
  const store = shareTestDatabase("server");
  beforeAll(async () => {
    await seedStore(store.database);
  });

  it("is woken by an order that another process took in", async () => {
    const other = await openDatabase({ databaseUrl: store.url, log: createLog("silent") });
    try {
      const [here, there] = [openPairing(store.database), openPairing(other)];
      const asked = here.ask(report("7200000000001"));
      await eventually(() => expect(here.pairing.waiting).toBe(1));
      await pause(200);
      await there.pay("7200000000001");
      expect((await asked).body).toMatchObject({ fire: true });
    } finally {
      await other.close();
    }
  });
});

/** Asks Shopify soon and has time for its answer. */
const ASK_SOON = { answerMs: 200_000, lookUpMs: 250, lastLookMs: 150 };

/** A Shopify with one order, paid or not, that no webhook has brought. */
function slowShopify(orderId: string, status: "PAID" | "PENDING"): { callAdmin: CallAdmin; calls: string[] } {
  const calls: string[] = [];
  const money = (amount: string) => ({
    shopMoney: { amount, currencyCode: "USD" },
    presentmentMoney: { amount, currencyCode: "USD" },
  });
  const now = new Date().toISOString();
  const order = {
    legacyResourceId: orderId,
    name: "#1077",
    number: 1077,
    checkoutToken: TOKEN,
    displayFinancialStatus: status,
    test: false,
    sourceName: "web",
    createdAt: now,
    processedAt: now,
    updatedAt: now,
    email: "buyer@example.com",
    currencyCode: "USD",
    presentmentCurrencyCode: "USD",
    currentTotalPriceSet: money("12.50"),
    billingAddress: { countryCodeV2: "US", provinceCode: "TX" },
    transactions: [{ kind: "SALE", status: "SUCCESS", processedAt: now }],
    lineItems: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
  };
  return {
    calls,
    callAdmin: answerAdmin(({ document, variables }) => {
      calls.push(/(?:query|mutation) (\w+)/.exec(document)?.[1] ?? "");
      const isIt = JSON.stringify(variables).includes(orderId) || JSON.stringify(variables).includes(TOKEN);
      return { data: { order: isIt ? order : null, orders: { nodes: isIt ? [order] : [] } } };
    }),
  };
}

describe.each(DATABASE_KINDS)("a slow webhook on the %s database", (databaseKind) => {
  const store = shareTestDatabase(databaseKind);
  beforeEach(() => seedStore(store.database));

  it("asks Shopify itself, once, and takes a paid order in", async () => {
    const { callAdmin, calls } = slowShopify("7500000000001", "PAID");
    const setup = openPairing(store.database, { callAdmin, times: ASK_SOON });
    const [first, second] = await Promise.all([
      setup.ask(report("7500000000001", { eventId: "one" })),
      setup.ask(report("7500000000001", { eventId: "two" })),
    ]);
    expect([first.body["fire"], second.body["fire"]].filter(Boolean)).toHaveLength(1);
    const winner = first.body["fire"] ? first : second;
    expect(winner.body).toMatchObject({ eventId: "1077", value: 12.5, currency: "USD" });
    expect(calls).toEqual(["ReadOrderStatus", "ReadOrder"]);
    const conversion = await store.database.prisma.conversion.findFirstOrThrow();
    expect(conversion.via).toBe("lookup");
  });

  it("finds a paid order by its checkout", async () => {
    const { callAdmin, calls } = slowShopify("7500000000002", "PAID");
    const setup = openPairing(store.database, { callAdmin, times: ASK_SOON });
    expect((await setup.ask(report(null))).body).toMatchObject({ fire: true, orderId: "7500000000002" });
    expect(calls).toEqual(["FindOrderStatus", "ReadOrder"]);
  });

  it("tells the buyer, and nobody else, that the payment is awaited, and remembers the browser for the payment", async () => {
    const { callAdmin, calls } = slowShopify("7500000000003", "PENDING");
    const setup = openPairing(store.database, {
      callAdmin,
      times: { answerMs: 8_000, lookUpMs: 250, lastLookMs: 300 },
    });
    const [buyer, guess] = await Promise.all([
      setup.ask(report("7500000000003")),
      setup.ask(report("7500000000003", { checkoutToken: "00000000000000000000000000000009" })),
    ]);
    expect(buyer.body).toEqual({ fire: false, reason: "awaiting_payment" });
    expect(guess.body).toEqual({ fire: false, reason: "unknown_order" });
    // An answer as soon as Shopify's is there would come seconds before the other.
    expect(Math.abs(buyer.ms - guess.ms)).toBeLessThan(4_000);
    expect(calls).toEqual(["ReadOrderStatus"]);

    const threeDaysAgo = new Date(Date.now() - 3 * 86_400_000).toISOString();
    await setup.pay("7500000000003", { processed_at: threeDaysAgo, created_at: threeDaysAgo });
    const conversion = await store.database.prisma.conversion.findFirstOrThrow({
      include: { deliveries: true },
    });
    expect(conversion.browserReportId).not.toBeNull();
    expect(conversion.deliveries[0]?.state).toBe("due");
  });

  it("does not let guesses drain the store's budget at Shopify", async () => {
    const { callAdmin, calls } = slowShopify("7500000000004", "PAID");
    const setup = openPairing(store.database, { callAdmin, times: SHORT });
    const started = performance.now();
    await Promise.all(
      Array.from({ length: 120 }, (_, guess) =>
        setup.ask(report(String(7_600_000_000_000 + guess)), `198.51.100.${guess}`),
      ),
    );
    // Twenty at once, then two a second.
    const seconds = Math.ceil((performance.now() - started) / 1_000);
    expect(calls.length).toBeLessThanOrEqual(20 + 2 * seconds);
  });
});
