import { beforeEach, describe, expect, it } from "vitest";

import { readSightings } from "#app/quality/read-sightings.server.ts";
import { deleteOldRows } from "#app/privacy/delete-old-rows.server.ts";
import { eventually } from "#tests/setup/eventually.ts";
import {
  openPairing,
  pixelRequest,
  proxyRequest,
  report,
  seedStore,
  SHOP,
  type PairingSetup,
} from "#tests/setup/open-pairing.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const DAY_MS = 86_400_000;
/** Too few to be met by accident while a test runs: nothing comes back within it. */
const few = (burst: number) => ({ burst, perSecond: 0.0001 });
const BRIEF = { answerMs: 60, lookUpMs: 20, lastLookMs: 20 };

describe.each(DATABASE_KINDS)("strangers at the pixel, on the %s database", (databaseKind) => {
  const store = shareTestDatabase(databaseKind);
  let storeId: bigint;
  beforeEach(async () => {
    storeId = await seedStore(store.database);
  });

  const tell = async ({ pairing }: PairingSetup, address: string) =>
    (await pairing.fired(pixelRequest("/pixel/checkout/fired", "{}"), address)).status;

  it("charges a store for what its address lets pass and for nothing else", async () => {
    const { ask } = openPairing(store.database, {
      times: BRIEF,
      limits: { perAddress: few(2), perStore: few(4), perNetwork: few(1_000) },
    });
    const flood = [];
    for (let turn = 0; turn < 20; turn += 1) flood.push((await ask(report("1"), "198.51.100.1")).status);
    expect(flood).toEqual([200, 200, ...Array<number>(18).fill(429)]);
    expect((await ask(report("2"), "198.51.100.2")).status).toBe(200);
    expect((await ask(report("3"), "198.51.100.3")).status).toBe(200);
    // The store's own limit stands.
    expect((await ask(report("4"), "198.51.100.4")).status).toBe(429);
  });

  it("counts an IPv6 /64 as one address, a mapped IPv4 as the IPv4, a /48 and a /24 as one network", async () => {
    const setup = openPairing(store.database, { limits: { perAddress: few(3), perNetwork: few(5) } });
    const from = async (...addresses: string[]) => {
      const statuses = [];
      for (const address of addresses) statuses.push(await tell(setup, address));
      return statuses;
    };
    const [pass, stop] = [400, 429];
    expect(
      await from("2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2:ffff::9"),
    ).toEqual([pass, pass, pass, stop]);
    // The rest of the network has what is left of its own limit.
    expect(await from("2001:db8:1:3::1", "2001:db8:1:4::1", "2001:db8:1:5::1")).toEqual([pass, pass, stop]);
    expect(await from("2001:db8:2::1")).toEqual([pass]);
    expect(await from("198.51.100.1", "198.51.100.1", "198.51.100.1", "198.51.100.1")).toEqual([
      pass,
      pass,
      pass,
      stop,
    ]);
    expect(await from("198.51.100.2", "198.51.100.3", "198.51.100.4", "198.51.101.1")).toEqual([
      pass,
      pass,
      stop,
      pass,
    ]);
  });

  it("lets one address, and all that ask for one store, have no more than their share of the waiting places", async () => {
    const setup = openPairing(store.database, { limits: { waitingPerAddress: 3, waitingPerStore: 5 } });
    const asked: Promise<{ status: number }>[] = [];
    const ask = (address: string, shop = SHOP) => {
      const answer = setup.ask(report(String(7_000_000_000_000 + asked.length), { shop }), address);
      asked.push(answer);
      return answer;
    };
    const waits = (count: number) => eventually(() => expect(setup.pairing.waiting).toBe(count));
    for (let turn = 0; turn < 3; turn += 1) void ask("198.51.100.1");
    await waits(3);
    expect((await ask("198.51.100.1")).status).toBe(503);
    expect((await ask("198.51.100.1", "other.myshopify.com")).status).toBe(503);
    for (let turn = 0; turn < 2; turn += 1) void ask("198.51.100.2");
    await waits(5);
    expect((await ask("198.51.100.3")).status).toBe(503);
    void ask("198.51.100.3", "other.myshopify.com");
    await waits(6);
    setup.pairing.stopWaiting();
    await Promise.all(asked);
    expect(setup.pairing.waiting).toBe(0);
  });

  it("keeps no more rows and bytes of unknown orders than a store's share, the newest, and what Shopify confirmed", async () => {
    const { ask } = openPairing(store.database, {
      times: BRIEF,
      unknownReportLimits: { rows: 10, bytes: 1_000_000, every: 5 },
    });
    const confirmed = {
      storeId,
      checkoutTokenHash: "h",
      receivedAt: new Date(0),
      answer: "awaiting_payment",
    };
    await store.database.prisma.browserReport.create({ data: { ...confirmed, orderId: "1", document: {} } });
    for (let order = 100; order < 125; order += 1) await ask(report(String(order)));
    const ids = async () =>
      (await store.database.prisma.browserReport.findMany({ orderBy: { id: "asc" } })).map(
        (row) => row.orderId,
      );
    expect(await ids()).toEqual(["1", ...Array.from({ length: 10 }, (_, at) => String(115 + at))]);

    const large = openPairing(store.database, {
      times: BRIEF,
      unknownReportLimits: { rows: 1_000, bytes: 9_000, every: 1 },
    });
    for (let order = 200; order < 206; order += 1)
      await large.ask(report(String(order), { fbp: `fb.1.1596403881668.${"1".repeat(1_500)}` }));
    const [{ bytes = 0 } = {}] = await store.database.prisma.$queryRaw<{ bytes: number }[]>`
      SELECT sum(octet_length(document::text))::int AS bytes FROM browser_report`;
    expect(bytes).toBeLessThan(9_000);
    expect((await ids()).slice(-1)).toEqual(["205"]);
    expect(await ids()).toContain("1");
  });

  it("forgets a report of an order that nobody confirmed after two days, of an unpaid one after seven", async () => {
    const now = Date.UTC(2026, 10, 26);
    const rows = [1, 3, 8].flatMap((days) =>
      [null, "awaiting_payment"].map((answer) => ({
        storeId,
        orderId: `${days} ${answer ?? "unknown"}`,
        checkoutTokenHash: "h",
        receivedAt: new Date(now - days * DAY_MS),
        document: {},
        answer,
      })),
    );
    await store.database.prisma.browserReport.createMany({ data: rows });
    await deleteOldRows(store.database, { now, signal: new AbortController().signal });
    const left = await store.database.prisma.browserReport.findMany({ orderBy: { id: "asc" } });
    expect(left.map((row) => row.orderId)).toEqual(["1 unknown", "1 awaiting_payment", "3 awaiting_payment"]);
  });

  describe("heartbeats, which anybody who opens the shop can send", () => {
    const HOUR_MS = 3_600_000;
    let now: number;
    beforeEach(() => {
      now = Date.UTC(2026, 10, 26);
    });
    /** Sends a theme's beat and gives the status. */
    const beat = async ({ pairing }: PairingSetup, theme: number, version = "1.0.0") =>
      (
        await pairing.heartbeat(
          proxyRequest("/proxy/heartbeat", { v: 1, version, theme, pixels: [], senders: [] }),
        )
      ).status;
    const rows = () => store.database.prisma.heartbeat.findMany({ where: { storeId } });
    const row = async (theme: number) => (await rows()).find((each) => each.theme === String(theme));

    it("do not use up what the real theme's need, in this process or one that has just started", async () => {
      const open = () => openPairing(store.database, { clock: () => now });
      const setup = open();
      expect(await beat(setup, 1)).toBe(204);
      now += HOUR_MS;
      const flood = [];
      for (let theme = 1_000; theme < 1_100; theme += 1) flood.push(await beat(setup, theme));
      expect(flood).toEqual([...Array<number>(20).fill(204), ...Array<number>(80).fill(429)]);
      expect(await beat(setup, 1, "1.0.1")).toBe(204);
      expect(await row(1)).toMatchObject({ version: "1.0.1", lastSeenAt: new Date(now), beats: 2n });

      now += HOUR_MS;
      const restarted = open();
      for (let theme = 2_000; theme < 2_100; theme += 1) await beat(restarted, theme);
      expect(await beat(restarted, 1)).toBe(204);
      expect(await row(1)).toMatchObject({ lastSeenAt: new Date(now), beats: 3n });
    });

    it("are written once in ten minutes for a theme that is known, however many come", async () => {
      const setup = openPairing(store.database, { clock: () => now });
      await beat(setup, 1);
      for (let turn = 0; turn < 300; turn += 1) expect(await beat(setup, 1, "9.9.9")).toBe(204);
      expect(await row(1)).toMatchObject({ version: "1.0.0", beats: 1n });
      now += 10 * 60_000;
      await beat(setup, 1, "1.0.1");
      expect(await row(1)).toMatchObject({ version: "1.0.1", beats: 1n });
    });

    it("count by the hour, so that shouting a made-up theme does not push out the one that is seen most", async () => {
      const limits = { newThemesPerStore: { burst: 1_000, perSecond: 1_000 } };
      const setup = openPairing(store.database, { clock: () => now, limits });
      const themes = async () => (await rows()).map((each) => each.theme);
      for (let hour = 0; hour < 3; hour += 1) {
        await beat(setup, 1);
        now += HOUR_MS;
      }
      for (let theme = 1_000; theme < 1_030; theme += 1)
        for (let turn = 0; turn < 10; turn += 1) await beat(setup, theme);
      expect(await themes()).toHaveLength(20);
      expect(await themes()).toContain("1");
      // A theme that was published just now, beside made-up ones that were seen in two hours.
      now += HOUR_MS;
      for (let theme = 1_011; theme < 1_030; theme += 1) await beat(setup, theme);
      await beat(setup, 2);
      expect(await themes()).toEqual(expect.arrayContaining(["1", "2"]));
      expect(await themes()).toHaveLength(20);
      // What has been silent for days gives way first, however often it was seen.
      now += 3 * DAY_MS;
      await beat(setup, 3);
      for (let theme = 2_000; theme < 2_018; theme += 1) await beat(setup, theme);
      await beat(setup, 2_100);
      expect(await themes()).toEqual(expect.arrayContaining(["3", "2100"]));
      expect(await themes()).toHaveLength(20);
    });
  });

  describe("what heartbeats say of other senders", () => {
    const HOUR_MS = 3_600_000;
    const START = Date.UTC(2026, 10, 20);
    const OURS = "900000000000001";
    const channel = { list: [{ app: "2329312", ids: [OURS] }], capi: true, page: [] };
    const clean = { list: [], capi: false, page: [] };
    let now: number;
    beforeEach(() => {
      now = START;
    });
    const open = () => openPairing(store.database, { clock: () => now });
    const beat = async ({ pairing }: PairingSetup, seen: object | undefined, theme = 1) =>
      (await pairing.heartbeat(proxyRequest("/proxy/heartbeat", { v: 2, version: "1.3.0", theme, seen })))
        .status;
    const sightings = async () => (await readSightings(store.database, storeId, now)).sightings;
    /** A visitor in each of so many hours. */
    const visitors = async (setup: PairingSetup, seen: object, count: number) => {
      for (let hour = 0; hour < count; hour += 1) {
        await beat(setup, seen);
        now += HOUR_MS;
      }
    };

    it("is believed after a day of visitors, and gone after twelve hours of others", async () => {
      const setup = open();
      await visitors(setup, channel, 24);
      expect(await sightings()).toMatchObject([
        { kind: "app_pixel", sender: "channel", pixelId: OURS, isCredible: false, isPending: true },
        { kind: "server_side", sender: "channel", pixelId: null, isCredible: false, isPending: true },
      ]);
      await beat(setup, channel);
      expect(await sightings()).toMatchObject([
        { isCredible: true, isGone: false, hours: 25, firstSeen: START, lastSeen: now },
        { isCredible: true, isGone: false },
      ]);
      expect((await readSightings(store.database, storeId, now)).told).toEqual(["list", "server", "page"]);
      now += HOUR_MS;
      await visitors(open(), clean, 12);
      expect(await sightings()).toMatchObject([{ isGone: true }, { isGone: true }]);
    });

    it("is not raised or cleared by whoever sends it again and again within minutes, or for made-up themes", async () => {
      const setup = open();
      await visitors(setup, channel, 30);
      await beat(setup, channel);
      for (let turn = 0; turn < 50; turn += 1) await beat(setup, clean);
      for (let theme = 1_000; theme < 1_050; theme += 1) await beat(setup, clean, theme);
      for (let theme = 2_000; theme < 2_050; theme += 1)
        await beat(setup, { list: [{ app: "5", ids: [OURS] }], page: [] }, theme);
      const after = await sightings();
      expect(after).toMatchObject([{ sender: "channel", isCredible: true, isGone: false, hours: 31 }, {}]);
      expect(after).toHaveLength(2);
    });

    it("is kept in forty rows a store, of which those of visitors stay", async () => {
      const setup = open();
      await visitors(setup, channel, 30);
      for (let turn = 0; turn < 20; turn += 1) {
        const page = Array.from({ length: 12 }, (_, index) => ({
          id: `${1_000 * turn + index}`,
          by: "page",
        }));
        now += 10 * 60_000;
        await beat(setup, { ...channel, page });
      }
      const rows = await store.database.prisma.sighting.findMany({
        where: { storeId, kind: { not: "told" } },
      });
      expect(rows).toHaveLength(40);
      expect(rows.map(({ sender }) => sender)).toContain("channel");
    });

    it("says nothing where an older embed reports, or the page cannot be read", async () => {
      const setup = open();
      await beat(setup, undefined);
      now += HOUR_MS;
      await beat(setup, {});
      expect(await sightings()).toEqual([]);
      expect((await readSightings(store.database, storeId, now)).told).toEqual([]);
    });
  });

  it("charges an order page to its customer first, and nothing for who is not signed in", async () => {
    const { pairing } = openPairing(store.database, {
      limits: { orderPagePerCaller: few(2), orderPagePerStore: few(4) },
    });
    const ask = async (customer: string) =>
      (
        await pairing.order(
          proxyRequest(
            "/proxy/order",
            { v: 1, orderId: "1", consent: {} },
            { logged_in_customer_id: customer },
          ),
        )
      ).status;
    for (let turn = 0; turn < 10; turn += 1) expect(await ask("")).toBe(200);
    const flood = [];
    for (let turn = 0; turn < 10; turn += 1) flood.push(await ask("1"));
    expect(flood).toEqual([200, 200, ...Array<number>(8).fill(429)]);
    expect([await ask("2"), await ask("2"), await ask("3")]).toEqual([200, 200, 429]);
    // Tickets that are not ours are free as well.
    const fired = { v: 1, shop: SHOP, ticket: "t", outcome: "sent", datasets: [], firedAt: 1 };
    for (let turn = 0; turn < 10; turn += 1)
      expect((await pairing.proxyFired(proxyRequest("/proxy/fired", fired))).status).toBe(204);
  });

  it("reads no report that is nested deeper than a report can be", async () => {
    const { pairing } = openPairing(store.database);
    const send = async (body: string) =>
      (await pairing.checkout(pixelRequest("/pixel/checkout", body), "198.51.100.1")).status;
    expect(await send(`{"v":1,"a":${"[".repeat(4_000)}${"]".repeat(4_000)}}`.slice(0, 8_000))).toBe(400);
    expect(await send(`{"a":${"[".repeat(20)}${"]".repeat(20)}}`)).toBe(400);
  });
});
