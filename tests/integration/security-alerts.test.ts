import { beforeEach, describe, expect, it } from "vitest";

import { SEALED_IN_ALERTS } from "#app/alerts/channels/sealed-channel.server.ts";
import {
  addChannel,
  removeChannel,
  renewSecret,
  saveChannel,
} from "#app/alerts/channels/save-channel.server.ts";
import { newChannel } from "#app/alerts/channels/channel-form.ts";
import { readAlerts, readChannel } from "#app/alerts/read-alerts.server.ts";
import { deleteOldRows } from "#app/privacy/delete-old-rows.server.ts";
import { redactShop } from "#app/privacy/redact-shop.server.ts";
import { rotateKeys } from "#app/stores/keys/rotate-keys.server.ts";
import { ALERT_SHOP, HOUR, NOON, shareAlertDesk } from "#tests/setup/share-alert-desk.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { testBox, testKey } from "#tests/security/webhook-desk.ts";
import { status } from "../../scripts/ops/status.ts";

const DAY = 24 * HOUR;

describe.each(DATABASE_KINDS)("what is kept of alerts on the %s database", (databaseKind) => {
  const desk = shareAlertDesk(databaseKind);
  const prisma = () => desk.test.database.prisma;
  const deps = () => ({ ...desk.deps(), hasMail: true });
  let other: bigint;
  beforeEach(async () => {
    other = (await prisma().store.create({ data: { shop: "other.myshopify.com" } })).id;
  });
  const FORM = { ...newChannel("email"), target: "eve@other.example" };

  it("is sealed, and holds neither an address nor a secret in the clear", async () => {
    const { secret } = await desk.add({ kind: "webhook" });
    await desk.add({ target: "anna@kawa.example", groupMinutes: "0" });
    await desk.change();
    await desk.run();
    const rows = JSON.stringify(
      [
        await prisma().alertChannel.findMany(),
        await prisma().alertMessage.findMany(),
        await prisma().alertTold.findMany(),
      ],
      (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value),
    );
    for (const hidden of ["anna@", "receiver.example", secret]) expect(rows).not.toContain(hidden);
    expect(rows).toContain("v1.");
  });

  it("is its own store's: nobody else reads it, changes it or takes it away", async () => {
    const { id } = await desk.add();
    expect(await readChannel(deps(), { storeId: other, id })).toBeUndefined();
    expect(await readAlerts(deps(), { id: other })).toMatchObject({ channels: [], messages: [] });
    expect(await saveChannel(deps(), { storeId: other, id, version: 1, values: FORM })).toEqual({
      kind: "not_found",
    });
    expect(await renewSecret(deps(), { storeId: other, id, version: 1 })).toEqual({ kind: "stale" });
    await removeChannel(deps(), { storeId: other, id });
    expect(await prisma().alertChannel.findMany()).toMatchObject([{ id, version: 1, storeId: desk.storeId }]);
  });

  it("is five channels at most, however many are added at one time", async () => {
    const add = (storeId: bigint) => addChannel(deps(), { storeId, values: FORM });
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => add(desk.storeId)));
    expect(outcomes.filter(({ kind }) => kind === "saved")).toHaveLength(5);
    expect(outcomes.find(({ kind }) => kind === "invalid")).toEqual({
      kind: "invalid",
      errors: { form: "A store can have 5 channels. Remove one first." },
    });
    expect((await add(other)).kind).toBe("saved");
  });

  it("keeps a webhook's address where none is entered, and its kind whatever is sent", async () => {
    const { id } = await desk.add({ kind: "webhook" });
    const before = await prisma().alertChannel.findUniqueOrThrow({ where: { id } });
    const values = { ...FORM, kind: "email", target: "" };
    expect(await saveChannel(deps(), { storeId: desk.storeId, id, version: 1, values })).toMatchObject({
      kind: "saved",
    });
    expect(await prisma().alertChannel.findUniqueOrThrow({ where: { id } })).toMatchObject({
      kind: "webhook",
      sealedTarget: before.sealedTarget,
      version: 2,
    });
    expect(await saveChannel(deps(), { storeId: desk.storeId, id, version: 1, values })).toEqual({
      kind: "stale",
    });
  });

  it.each([
    ["no object", null],
    ["another kind", { ...FORM, kind: "fax" }],
    ["another severity", { ...FORM, severity: "severe" }],
    ["a time off the list", { ...FORM, quiet: true, quietFrom: "61" }],
    ["a number where a text is", { ...FORM, target: 7 }],
    ["a flag as text", { ...FORM, tellMended: "yes" }],
    ["a text without end", { ...FORM, target: "a".repeat(100_000) }],
  ])("takes no form with %s", async (_name, values) => {
    expect(await addChannel(deps(), { storeId: desk.storeId, values })).toMatchObject({ kind: "invalid" });
  });

  it("adds no e-mail address while the operator has not set up mail", async () => {
    expect(
      await addChannel({ ...deps(), hasMail: false }, { storeId: desk.storeId, values: FORM }),
    ).toMatchObject({
      kind: "invalid",
      errors: { kind: expect.stringContaining("E-mail is not set up") },
    });
  });

  it("is messages for 90 days, channels until they are removed", async () => {
    const { id } = await desk.add({ groupMinutes: "0" });
    await desk.change();
    await desk.run();
    const clean = (days: number) =>
      deleteOldRows(desk.test.database, { now: NOON + days * DAY, signal: new AbortController().signal });
    await clean(89);
    expect(await prisma().alertMessage.count()).toBe(1);
    await clean(91);
    expect(await prisma().alertMessage.count()).toBe(0);
    expect(await prisma().alertChannel.count()).toBe(1);
    await desk.run();
    // What was told stays known: it is not told anew.
    expect(await prisma().alertMessage.count()).toBe(0);
    await removeChannel(deps(), { storeId: desk.storeId, id });
    expect([await prisma().alertChannel.count(), await prisma().alertTold.count()]).toEqual([0, 0]);
  });

  const redact = () =>
    redactShop(
      { ...deps(), checkInstallation: async () => "installed" },
      { shop: ALERT_SHOP, requestedAt: desk.time.now, signal: new AbortController().signal },
    );

  it("goes with its store, and no other's does", async () => {
    await desk.add({ groupMinutes: "0" });
    await addChannel(deps(), { storeId: other, values: FORM });
    await desk.change();
    await desk.run();
    await prisma().store.update({ where: { id: desk.storeId }, data: { state: "uninstalled" } });
    await redact();
    expect(await prisma().alertMessage.count()).toBe(0);
    expect(await prisma().alertChannel.findMany()).toMatchObject([{ storeId: other }]);
  });

  it("goes with a former installation, where the shop has come back", async () => {
    await desk.add();
    desk.time.now += 3 * DAY;
    await prisma().store.update({
      where: { id: desk.storeId },
      data: { installedAt: new Date(desk.time.now) },
    });
    desk.time.now += HOUR;
    const { id } = await desk.add();
    await redact();
    expect(await prisma().alertChannel.findMany()).toMatchObject([{ id }]);
  });

  it("is sealed anew with a new key, and then opens with it alone", async () => {
    await desk.add({ kind: "webhook" });
    await desk.add();
    const [former, next] = [testKey(31), testKey(32)];
    const rotation = await rotateKeys({ ...deps(), secretBox: testBox(next, former) }, SEALED_IN_ALERTS);
    expect(rotation).toEqual({ resealed: 3, unreadable: [] });
    const view = await readAlerts({ ...deps(), secretBox: testBox(next) }, { id: desk.storeId });
    expect(view.channels.map(({ name, state }) => [name, state])).toEqual([
      [expect.stringMatching(/^hooks\.receiver\.example:\d+\/…hook$/), "unused"],
      ["anna@kawa.example", "unused"],
    ]);
  });

  it("is counted for the operator: what was given up, and what is tried again", async () => {
    await desk.add({ kind: "webhook", groupMinutes: "0" });
    // The command reads the database's own clock.
    desk.time.now = Date.now();
    await desk.change();
    desk.web.answer((response) => void response.writeHead(410).end());
    await desk.run();
    await desk.change({ code: "b" });
    desk.web.answer((response) => void response.writeHead(500).end());
    await desk.run();
    const { secretBox, database, clock, log } = deps();
    const context = { secretBox, database, clock, log } as Parameters<typeof status.run>[0];
    expect(await status.run(context, {})).toMatchObject({
      alerts: { failed: 1, retrying: 1, oldestDue: expect.any(Date) },
    });
  });
});
