import { openAppSide, openShopify, signIn, SHOP, type AppSide } from "#tests/setup/open-shopify.ts";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { asList, asRecord } from "#app/conversions/read-json.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { FIND_ORDER_STATUS, LIST_CHANGED_ORDERS, READ_ORDER } from "#app/stores/shopify/admin-operations.ts";
import type { CallAdmin } from "#app/stores/shopify/call-admin.server.ts";
import { readOrder, readOrderStatus } from "#app/stores/shopify/read-order.server.ts";
import type { SweepDependencies } from "#app/intake/sweep-orders.server.ts";
import { sweepPeriod, sweepStores } from "#app/intake/sweep-stores.server.ts";
import type { ShopifySandbox } from "#sandbox/shopify/start-shopify.ts";
import { answerAdmin, Fails } from "#tests/setup/answer-admin.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const OTHER = "kawa-goods.myshopify.com";
const signal = new AbortController().signal;

/** The budget is full, so that a question is repeated after half a second. */
const FAILS = new Fails({
  ok: false,
  problem: "unreachable",
  message: "Shopify answered 500",
  throttle: { available: 1_000, maximum: 1_000, restoreRate: 50 },
});
type Data = Readonly<Record<string, unknown>>;
const page = (orders: unknown): Data => ({ orders });
const LAST = { hasNextPage: false, endCursor: null };

describe.each(DATABASE_KINDS)("a sweep that Shopify answers oddly, on the %s database", (databaseKind) => {
  const store = shareTestDatabase(databaseKind);
  let sandbox: ShopifySandbox;
  let app: AppSide;
  const time = { now: Date.now() };
  const clock = () => time.now;
  beforeEach(async () => {
    time.now = Date.now();
    await store.database.prisma.store.deleteMany();
    sandbox = await openShopify(clock);
    app = openAppSide(store.database, clock);
    for (const shop of [SHOP, OTHER]) {
      await store.database.prisma.store.create({
        data: {
          shop,
          installedAt: new Date(time.now - 3 * DAY),
          datasets: { create: { datasetId: shop === SHOP ? "1110001" : "1110002" } },
        },
      });
      await signIn(sandbox, app, shop);
      sandbox.store(shop).orders.clear();
    }
  });
  afterEach(() => sandbox.close());

  const deps = (callAdmin: CallAdmin): SweepDependencies => ({
    database: store.database,
    clock,
    log: createLog("silent"),
    callAdmin,
    takeInOrder: (arrival) => app.intake.takeIn(arrival),
  });
  /** The real answer for SHOP, changed; everything else as it is. */
  const changing = (document: string, change: (data: Data, variables: Data) => Data | Fails): CallAdmin =>
    answerAdmin(async (asked) => {
      const body = await app.ask(asked);
      if (asked.shop !== SHOP || asked.document !== document) return body;
      const data = change(asRecord(body["data"]) ?? {}, asked.variables);
      return data instanceof Fails ? data : { ...body, data };
    });
  const row = (shop = SHOP) => store.database.prisma.store.findUniqueOrThrow({ where: { shop } });
  const orderIds = async () => {
    const rows = await store.database.prisma.conversion.findMany({ orderBy: { id: "asc" } });
    return rows.map(({ orderId }) => orderId).sort();
  };
  const place = (minutes: number, shop = SHOP) =>
    sandbox.placeOrder(shop, { at: time.now - minutes * MINUTE }).id;

  const BROKEN_PAGES: readonly (readonly [string, Data])[] = [
    ["without orders", {}],
    ["with null for orders", page(null)],
    ["with a text for orders", page("none")],
    ["without a list", page({ pageInfo: LAST })],
    ["without a word on what follows", page({ nodes: [] })],
    [
      "with more to come and nowhere to go on",
      page({ nodes: [], pageInfo: { hasNextPage: true, endCursor: null } }),
    ],
  ];
  it.each(BROKEN_PAGES)(
    "does not count a page %s as seen, and sweeps the other stores",
    async (_name, data) => {
      place(60);
      const other = place(60, OTHER);
      const report = await sweepStores(deps(changing(LIST_CHANGED_ORDERS, () => data)), signal);
      expect(report).toEqual({ stores: 2, seen: 1, taken: 1, failed: 1 });
      expect(await orderIds()).toEqual([other]);
      const { sweptThrough, sweepProblem } = await row();
      expect([sweptThrough, sweepProblem]).toEqual([null, expect.stringContaining("tries again by itself")]);
      expect((await row(OTHER)).sweptThrough?.getTime()).toBe(time.now - 5 * MINUTE);
    },
  );

  it("ends where the pages go round in a circle", async () => {
    const id = place(60);
    let pages = 0;
    const circle = answerAdmin(async (asked) => {
      if (asked.shop !== SHOP || asked.document !== LIST_CHANGED_ORDERS) return app.ask(asked);
      pages += 1;
      if (pages > 50) throw new Error("without an end");
      const body = await app.ask({ ...asked, variables: { ...asked.variables, after: null } });
      const orders = asRecord(asRecord(body["data"])?.["orders"]);
      return { data: page({ ...orders, pageInfo: { hasNextPage: true, endCursor: "again" } }) };
    });
    const report = await sweepStores(deps(circle), signal);
    expect(report).toMatchObject({ failed: 1, taken: 1 });
    expect(await orderIds()).toEqual([id]);
    expect(pages).toBe(2);
    expect((await row()).sweepProblem).not.toBeNull();
  });

  it.each([["not a time"], [undefined], [null], [17], ["9999-12-31T00:00:00Z"]])(
    "keeps its mark in order where an order changed at %s",
    async (updatedAt) => {
      const ids = [place(70), place(60)].sort();
      const list = changing(LIST_CHANGED_ORDERS, (data) => {
        const orders = asRecord(data["orders"]);
        const [first, last] = asList(orders?.["nodes"]);
        return page({ ...orders, nodes: [first, { ...asRecord(last), updatedAt }] });
      });
      expect(await sweepStores(deps(list), signal)).toMatchObject({ taken: 2, failed: 0 });
      expect(await orderIds()).toEqual(ids);
      expect((await row()).sweptThrough?.getTime()).toBe(time.now - 5 * MINUTE);
    },
  );

  it("leaves an entry without an order ID out, and takes the others in", async () => {
    const id = place(60);
    const list = changing(LIST_CHANGED_ORDERS, (data) => {
      const orders = asRecord(data["orders"]);
      return page({
        ...orders,
        nodes: [null, {}, { legacyResourceId: "x'y" }, ...asList(orders?.["nodes"])],
      });
    });
    expect(await sweepStores(deps(list), signal)).toMatchObject({ taken: 1, failed: 0 });
    expect(await orderIds()).toEqual([id]);
  });

  const BROKEN_ORDERS: readonly (readonly [string, (order: Data) => Data | Fails])[] = [
    ["always answers 500", () => FAILS],
    ["Shopify refuses", () => new Fails({ ok: false, problem: "refused", message: "Internal error" })],
    ["comes without lines", ({ lineItems: _lines, ...order }) => ({ order })],
    ["comes with null for lines", (order) => ({ order: { ...order, lineItems: null } })],
    [
      "comes with a line that is none",
      (order) => ({ order: { ...order, lineItems: { nodes: [7], pageInfo: LAST } } }),
    ],
    [
      "comes with lines without a word on what follows",
      (order) => ({ order: { ...order, lineItems: { nodes: [] } } }),
    ],
    ["is not in the answer", () => ({})],
    ["is a list", () => ({ order: [] })],
  ];
  it.each(BROKEN_ORDERS)(
    "sets an order aside that %s, goes on, and finds it later",
    async (_name, breaks) => {
      const [first, poisoned, last] = [place(80), place(70), place(60)];
      const isPoisoned = (variables: Data) => String(variables["id"]).endsWith(`/${poisoned}`);
      const broken = changing(READ_ORDER, (data, variables) =>
        isPoisoned(variables) ? breaks(asRecord(data["order"]) ?? {}) : data,
      );
      expect(await sweepStores(deps(broken), signal)).toMatchObject({ taken: 2, failed: 0 });
      expect(await orderIds()).toEqual([first, last].sort());
      const after = await row();
      expect(after.sweptThrough?.getTime()).toBe(time.now - 5 * MINUTE);
      expect(after.sweepSetAside).toEqual([
        { orderId: poisoned, since: time.now, rounds: 1, nextAt: time.now + 10 * MINUTE },
      ]);
      expect(after.sweepProblem).toContain("1 of the store’s orders");

      // A round later it fails still: the time until the next doubles, and nobody else is held up.
      time.now += 11 * MINUTE;
      expect(await sweepStores(deps(broken), signal)).toMatchObject({ taken: 0, failed: 0 });
      expect((await row()).sweepSetAside).toEqual([
        { orderId: poisoned, since: time.now - 11 * MINUTE, rounds: 2, nextAt: time.now + 20 * MINUTE },
      ]);
      // Not asked for before its time.
      time.now += 10 * MINUTE;
      const served = sandbox.admin.served["order"];
      await sweepStores(deps(app.callAdmin), signal);
      expect(sandbox.admin.served["order"]).toBe(served);

      time.now += 11 * MINUTE;
      expect(await sweepStores(deps(app.callAdmin), signal)).toMatchObject({ taken: 1, failed: 0 });
      expect(await orderIds()).toEqual([first, poisoned, last].sort());
      expect(await row()).toMatchObject({ sweepSetAside: [], sweepProblem: null });
    },
  );

  it("gives an order up after seven days, and reads an odd list of orders set aside as far as it can", async () => {
    const old = { orderId: "77", since: time.now - 7 * DAY, rounds: 9, nextAt: 0 };
    const sweepSetAside = [old, null, "x", { orderId: "88" }, { ...old, since: "then" }];
    await store.database.prisma.store.update({ where: { shop: SHOP }, data: { sweepSetAside } });
    const report = await sweepStores(deps(changing(READ_ORDER, () => FAILS)), signal);
    expect(report).toMatchObject({ failed: 0 });
    expect((await row()).sweepProblem).toBeNull();
  });

  it("breaks off, setting nothing aside, where Shopify as a whole does not answer", async () => {
    place(60);
    let isAway = false;
    const callAdmin = answerAdmin((asked) => {
      if (asked.shop === SHOP && asked.document === READ_ORDER) isAway = true;
      return asked.shop === SHOP && isAway ? FAILS : app.ask(asked);
    });
    expect(await sweepStores(deps(callAdmin), signal)).toMatchObject({ failed: 1, taken: 0 });
    expect(await row()).toMatchObject({ sweptThrough: null, sweepSetAside: [] });
    expect(await sweepStores(deps(app.callAdmin), signal)).toMatchObject({ failed: 0, taken: 1 });
  });

  it("says so where a person asked and an order was not given", async () => {
    const [poisoned, good] = [place(70), place(60)];
    const broken = changing(READ_ORDER, (data, variables) =>
      String(variables["id"]).endsWith(`/${poisoned}`) ? FAILS : data,
    );
    const period = { from: time.now - DAY, to: time.now };
    expect(await sweepPeriod(deps(broken), SHOP, period, signal)).toMatchObject({
      kind: "broken_off",
      taken: 1,
      problem: expect.stringContaining("1 of the store’s orders"),
    });
    expect(await orderIds()).toEqual([good]);
  });

  it("reads no order whose pages of lines go round in a circle", async () => {
    const id = place(60);
    let asked = 0;
    const circle = answerAdmin(async ({ shop, variables: { id, lines: size } }) => {
      const body = await app.ask({ shop, document: READ_ORDER, variables: { id, lines: size } });
      asked += 1;
      if (asked > 20) throw new Error("without an end");
      const order = asRecord(asRecord(body["data"])?.["order"]);
      const lines = {
        ...asRecord(order?.["lineItems"]),
        pageInfo: { hasNextPage: true, endCursor: "again" },
      };
      return { data: { order: { ...order, lineItems: lines } } };
    });
    expect(await readOrder(circle, SHOP, id)).toMatchObject({ kind: "failed", problem: "unreachable" });
    expect(asked).toBe(2);
  });

  it.each([
    [{}, "failed"],
    [page(undefined), "failed"],
    [page({ nodes: "none" }), "failed"],
    [page({ nodes: [] }), "absent"],
    [page({ nodes: [null] }), "absent"],
    [page({ nodes: [7] }), "failed"],
    [page({ nodes: [{ checkoutToken: "t" }] }), "failed"],
  ])("tells a buyer nothing of an answer that is no order: %j", async (data, kind) => {
    const status = await readOrderStatus(
      answerAdmin(({ document }) => (document === FIND_ORDER_STATUS ? { data } : FAILS)),
      SHOP,
      { orderId: undefined, checkoutToken: "abc" },
    );
    expect(status.kind).toBe(kind);
  });
});
