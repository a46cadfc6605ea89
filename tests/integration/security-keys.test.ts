import { Session } from "@shopify/shopify-api";
import { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";
import { beforeEach, describe, expect, it } from "vitest";

import { createLog } from "#app/platform/process/log.server.ts";
import { exportPurpose } from "#app/privacy/process-compliance-requests.server.ts";
import { SEALED_EXPORTS } from "#app/privacy/sealed-exports.ts";
import { checkEncryptionKey } from "#app/stores/keys/check-encryption-key.server.ts";
import { SEALED_IN_STORES, rotateKeys } from "#app/stores/keys/rotate-keys.server.ts";
import { sealSessions } from "#app/stores/shopify/sealed-session-storage.server.ts";
import { testBox, testKey } from "#tests/security/webhook-desk.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const SHOP = "keys.myshopify.com";
const [OLD, NEW, STRANGE] = [testKey(1), testKey(2), testKey(3)];
const clock = () => Date.parse("2026-11-22T12:00:00Z");

describe.each(DATABASE_KINDS)("encryption keys on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  beforeEach(async () => {
    const { prisma } = test.database;
    await prisma.keyCheck.deleteMany();
    await prisma.store.deleteMany();
    await prisma.session.deleteMany();
    await prisma.complianceRequest.deleteMany();
  });
  const check = (current: string, old = "") =>
    checkEncryptionKey({ database: test.database, secretBox: testBox(current, old), clock });
  const sessions = (current: string, old = "") =>
    sealSessions(new PrismaSessionStorage(test.database.prisma), testBox(current, old), createLog("silent"));

  it("notices a wrong key at the start, says which is meant and shows neither", async () => {
    expect(await check(OLD)).toBeUndefined();
    expect(await check(OLD)).toBeUndefined();
    const problem = await check(NEW);
    expect(problem).toContain("APP_ENCRYPTION_KEY is not the key");
    expect(problem).toContain(testBox(OLD).currentKeyId);
    expect(problem).not.toContain(OLD.slice(0, 12));
    expect(await check(NEW, OLD)).toBeUndefined();
  });

  it("seals tokens, sessions and exports anew, so that the old key can be thrown away", async () => {
    const { prisma } = test.database;
    await check(OLD);
    const store = await prisma.store.create({ data: { shop: SHOP, installedAt: new Date(clock()) } });
    const purpose = `dataset:${store.id}:111`;
    await prisma.dataset.create({
      data: {
        storeId: store.id,
        datasetId: "111",
        sealedToken: testBox(OLD).seal("EAAtoken", purpose),
        createdAt: new Date(clock()),
      },
    });
    for (let number = 0; number < 210; number += 1)
      await sessions(OLD).storeSession(
        new Session({
          id: `offline_${number}`,
          shop: SHOP,
          state: "",
          isOnline: false,
          accessToken: `shpat_${number}`,
          refreshToken: `shprt_${number}`,
        }),
      );
    const at = new Date(clock());
    const request = await prisma.complianceRequest.create({
      data: {
        shop: SHOP,
        topic: "customers/data_request",
        requestKey: "1",
        subject: {},
        receivedAt: at,
        dueAt: at,
      },
    });
    await prisma.complianceRequest.update({
      where: { id: request.id },
      data: { sealedExport: testBox(OLD).seal("{}", exportPurpose(request.id)) },
    });

    const rotate = () =>
      rotateKeys({ database: test.database, secretBox: testBox(NEW, OLD), clock }, [
        ...SEALED_IN_STORES,
        ...SEALED_EXPORTS,
      ]);
    expect(await rotate()).toEqual({ resealed: 422, unreadable: [] });
    expect(await rotate()).toEqual({ resealed: 0, unreadable: [] });

    expect(await check(NEW)).toBeUndefined();
    expect(await check(OLD)).toContain("is not the key");
    const box = testBox(NEW);
    const dataset = await prisma.dataset.findFirstOrThrow();
    expect(box.open(dataset.sealedToken ?? "", purpose)).toEqual({ ok: true, plain: "EAAtoken" });
    expect(await sessions(NEW).loadSession("offline_209")).toMatchObject({
      accessToken: "shpat_209",
      refreshToken: "shprt_209",
    });
    const kept = await prisma.complianceRequest.findFirstOrThrow();
    expect(box.open(kept.sealedExport ?? "", exportPurpose(request.id))).toEqual({ ok: true, plain: "{}" });
  });

  it("tells what no known key opens and leaves it as it is", async () => {
    const { prisma } = test.database;
    const store = await prisma.store.create({ data: { shop: SHOP, installedAt: new Date(clock()) } });
    const sealedToken = testBox(STRANGE).seal("EAAtoken", `dataset:${store.id}:111`);
    await prisma.dataset.create({
      data: { storeId: store.id, datasetId: "111", sealedToken, createdAt: new Date(clock()) },
    });
    expect(
      await rotateKeys({ database: test.database, secretBox: testBox(NEW, OLD), clock }, SEALED_IN_STORES),
    ).toEqual({ resealed: 0, unreadable: [{ table: "dataset", column: "sealed_token", count: 1 }] });
    expect(await prisma.dataset.findFirst()).toMatchObject({ sealedToken });
  });
});
