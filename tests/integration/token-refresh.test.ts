import { openAppSide, openShopify, signIn, SHOP, type AppSide } from "#tests/setup/open-shopify.ts";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { createLog } from "#app/platform/process/log.server.ts";
import { READ_SHOP_ID } from "#app/stores/shopify/admin-operations.ts";
import type { AdminGraphql } from "#app/stores/shopify/call-admin.server.ts";
import { createCheckInstallation } from "#app/stores/shopify/check-installation.server.ts";
import { createOpenOfflineAdmin } from "#app/stores/shopify/open-offline-admin.server.ts";
import type { ShopifySandbox } from "#sandbox/shopify/start-shopify.ts";
import { eventually } from "#tests/setup/eventually.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const MINUTE = 60_000;
const SESSION = `offline_${SHOP}`;
const answerNothing: AdminGraphql = async () => ({ json: async () => ({}) });

describe.each(DATABASE_KINDS)(
  "a store's token that must be refreshed, on the %s database",
  (databaseKind) => {
    const test = shareTestDatabase(databaseKind);
    let sandbox: ShopifySandbox;
    let app: AppSide;
    beforeEach(async () => {
      sandbox = await openShopify();
      app = openAppSide(test.database);
      await signIn(sandbox, app);
      await expire();
    });
    afterEach(() => sandbox.close());

    const expire = async () => {
      sandbox.tokens.expireShop(SHOP);
      await test.database.prisma.session.updateMany({ data: { expires: new Date(Date.now() - 1_000) } });
    };
    const row = () => test.database.prisma.session.findUniqueOrThrow({ where: { id: SESSION } });
    /** As another process that refreshes it, or died doing so. */
    const claimUntil = (at: number) =>
      test.database.prisma.session.update({
        where: { id: SESSION },
        data: { refreshingUntil: new Date(at) },
      });
    const shopName = () => app.callAdmin(SHOP, READ_SHOP_ID);

    it("holds nothing of the database while Shopify is asked, and frees the claim", async () => {
      const seen: { claimed: boolean; transactions: number }[] = [];
      const open = createOpenOfflineAdmin({
        database: test.database,
        loadSession: (id) => app.shopify.sessionStorage.loadSession(id),
        openAdmin: async () => {
          const [activity] = await test.database.prisma.$queryRaw<{ transactions: number }[]>`
          SELECT count(*)::int AS transactions FROM pg_stat_activity
          WHERE datname = current_database() AND state LIKE 'idle in transaction%'`;
          const claimed = ((await row()).refreshingUntil?.getTime() ?? 0) > Date.now();
          seen.push({ claimed, transactions: activity?.transactions ?? NaN });
          return answerNothing;
        },
      });
      expect(await open(SHOP)).toBe(answerNothing);
      expect(seen).toEqual([{ claimed: true, transactions: 0 }]);
      expect((await row()).refreshingUntil).toBeNull();
    });

    it("frees the claim when the refresh fails, and the next one tries", async () => {
      let asked = 0;
      const open = createOpenOfflineAdmin({
        database: test.database,
        loadSession: (id) => app.shopify.sessionStorage.loadSession(id),
        openAdmin: async () => {
          asked += 1;
          if (asked === 1) throw new Error("Shopify answered 500");
          return answerNothing;
        },
      });
      await expect(open(SHOP)).rejects.toThrow("500");
      expect((await row()).refreshingUntil).toBeNull();
      expect(await open(SHOP)).toBe(answerNothing);
    });

    it("is refreshed after a process that died while it had the claim", async () => {
      await claimUntil(Date.now() - 1_000);
      expect(await shopName()).toMatchObject({ ok: true });
    });

    it("waits for who has the claim, and takes the pair that came of it", async () => {
      await claimUntil(Date.now() + 10 * MINUTE);
      const waiting = shopName();
      const before = (await row()).accessToken;
      // The other process ends its refresh.
      await signIn(sandbox, app);
      expect(await waiting).toMatchObject({ ok: true });
      const after = await row();
      expect(after.accessToken).not.toBe(before);
      // The library wrote the row and left the other's claim alone; ours took nothing over.
      expect(after.refreshingUntil?.getTime()).toBeGreaterThan(Date.now());
    });

    it("waits for who has the claim, and refreshes when that one gave it up", async () => {
      await claimUntil(Date.now() + 10 * MINUTE);
      const waiting = shopName();
      await claimUntil(Date.now() - 1_000);
      expect(await waiting).toMatchObject({ ok: true });
      await eventually(async () => expect((await row()).refreshingUntil).toBeNull());
    });

    it("is not used to ask whether the app is gone while another process refreshes it", async () => {
      let asked = 0;
      const check = createCheckInstallation({
        database: test.database,
        loadSession: (id) => app.shopify.sessionStorage.loadSession(id),
        storeSession: (session) => app.shopify.sessionStorage.storeSession(session),
        openAdmin: async () => Promise.reject(new Error("Shopify answered 500")),
        refreshToken: async () => {
          asked += 1;
          const { refreshingUntil } = await row();
          expect(refreshingUntil?.getTime()).toBeGreaterThan(Date.now());
          throw new Response(undefined, { status: 400 });
        },
        log: createLog("silent"),
      });
      await claimUntil(Date.now() + 10 * MINUTE);
      expect(await check(SHOP, MINUTE)).toBe("unknown");
      expect(asked).toBe(0);
      await claimUntil(Date.now() - 1_000);
      expect(await check(SHOP, MINUTE)).toBe("gone");
      expect(asked).toBe(1);
      expect((await row()).refreshingUntil).toBeNull();
    });
  },
);
