import { afterAll, beforeEach, describe, expect, it } from "vitest";

import { createLog } from "#app/platform/process/log.server.ts";
import type { AdminGraphql } from "#app/stores/shopify/call-admin.server.ts";
import { readPixelSharings } from "#app/stores/shopify/read-pixel-sharing.server.ts";
import { setUpStore } from "#app/stores/shopify/sync-storefront.server.ts";
import type { ShopifySandbox } from "#sandbox/shopify/start-shopify.ts";
import {
  environment,
  openAppSide,
  openShopify,
  SHOP,
  signIn,
  type AppSide,
} from "#tests/setup/open-shopify.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const log = createLog("silent");
const HOUR = 3_600_000;

describe.each(DATABASE_KINDS)(
  "whether Shopify lets the web pixel send, on the %s database",
  (databaseKind) => {
    const store = shareTestDatabase(databaseKind);
    let sandbox: ShopifySandbox;
    let app: AppSide;
    let now = 0;
    beforeEach(async () => {
      await store.database.prisma.store.deleteMany();
      await sandbox?.close();
      sandbox = await openShopify();
      app = openAppSide(store.database);
      await signIn(sandbox, app);
      await setUpStore(
        { database: store.database, clock: Date.now, log, environment },
        {
          shop: SHOP,
          scopes: "read_orders",
          ask: (document, ...variables) => app.callAdmin(SHOP, document, ...variables),
        },
      );
      now = Date.now();
    });
    afterAll(() => sandbox.close());

    const shopifys = async (shop: string): Promise<AdminGraphql> =>
      (await app.shopify.unauthenticated.admin(shop)).admin.graphql;
    const read = (openAdmin: (shop: string) => Promise<AdminGraphql | undefined> = shopifys) =>
      readPixelSharings(
        { database: store.database, clock: () => now, log, openAdmin },
        new AbortController().signal,
      );
    const kept = async () => {
      const row = await store.database.prisma.store.findUniqueOrThrow({ where: { shop: SHOP } });
      return [row.webPixelSharing, row.webPixelSharingAt?.getTime() ?? null];
    };
    const pause = (sharing: string) => {
      const { webPixel } = sandbox.store(SHOP);
      if (webPixel) webPixel.sharing = sharing;
    };

    it("is asked of the unstable version once a day, and kept in Shopify's words", async () => {
      expect(await read()).toEqual({ asked: 1, told: 1 });
      expect(await kept()).toEqual(["ALWAYS_ON", now]);
      const first = now;
      pause("OPTIMIZED_PAUSE_ALL_EVENTS");
      now += 23 * HOUR;
      expect(await read()).toEqual({ asked: 0, told: 0 });
      expect(await kept()).toEqual(["ALWAYS_ON", first]);
      now += 2 * HOUR;
      await read();
      expect(await kept()).toEqual(["OPTIMIZED_PAUSE_ALL_EVENTS", now]);
    });

    it("is not asked where no web pixel is connected", async () => {
      await store.database.prisma.store.updateMany({ data: { webPixelState: "failed" } });
      expect(await read()).toEqual({ asked: 0, told: 0 });
    });

    const answering = (body: unknown) => async () => async () => ({ json: async () => body });
    it.each<[string, (shop: string) => Promise<AdminGraphql | undefined>]>([
      ["the store has no session", async () => undefined],
      ["Shopify is away", async () => Promise.reject(new Error("ECONNREFUSED"))],
      ["the field is gone", answering({ errors: [{ message: "Field 'dataSharingState' doesn't exist" }] })],
      ["there is no pixel", answering({ data: { webPixel: null } })],
      [
        "the answer is of another kind",
        answering({ data: { webPixel: { dataSharingState: { state: "on" } } } }),
      ],
      ["the answer is no JSON", answering("<html>")],
    ])("is not known where %s, and asked again a day later", async (_name, openAdmin) => {
      await read();
      now += 25 * HOUR;
      expect(await read(openAdmin)).toEqual({ asked: 1, told: 0 });
      expect(await kept()).toEqual([null, now]);
      expect(await read()).toEqual({ asked: 0, told: 0 });
      now += 25 * HOUR;
      expect(await read()).toEqual({ asked: 1, told: 1 });
    });

    it("harms nothing else when the unstable version answers 404", async () => {
      sandbox.admin.faults.failNext = 1;
      sandbox.admin.faults.failStatus = 404;
      expect(await read()).toEqual({ asked: 1, told: 0 });
      const row = await store.database.prisma.store.findUniqueOrThrow({ where: { shop: SHOP } });
      expect(row).toMatchObject({ state: "installed", webPixelState: "connected", webPixelProblem: null });
      expect(await app.shopify.sessionStorage.loadSession(`offline_${SHOP}`)).toBeDefined();
    });
  },
);
