import { beforeEach, describe, expect, it } from "vitest";

import { defaultOf, valuesOf } from "#app/conversions/settings/setting-kinds.ts";
import { STORE_SETTINGS } from "#app/conversions/settings/settings.ts";
import { saveSettings } from "#app/stores/settings/save-settings.server.ts";
import { settingsOf, storeSettingsOf } from "#app/stores/settings/store-settings.ts";
import { switchToOrderIdRule } from "#app/stores/settings/switch-to-order-id-rule.server.ts";
import {
  clearEndedTestCodes,
  liveTestEventCode,
  setTestEventCode,
} from "#app/stores/datasets/test-event-code.server.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 2, 10, 20);
/** What the form sends: numbers as typed. */
const FORM = {
  eventIdRule: "order_id",
  valueBasis: "subtotal",
  currencySide: "presentment",
  contentId: "sku",
  customerSegmentation: false,
  consentPolicy: "strict",
  reportWaitSeconds: "45",
  retentionDays: "14",
  sources: { web: true, pos: false, draft: true, subscription: true, other: false },
  events: { PageView: "off", ViewContent: "browser", Search: "both", Purchase: "both" },
};
/** docs/decisions/0838, "by default". */
const EVENTS = {
  PageView: "browser",
  Search: "off",
  ViewCategory: "off",
  ViewContent: "both",
  AddToCart: "both",
  AddPaymentInfo: "off",
  InitiateCheckout: "both",
  Purchase: "both",
};

describe.each(DATABASE_KINDS)("a store's settings on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let storeId: bigint;
  beforeEach(async () => {
    const { prisma } = test.database;
    await prisma.store.deleteMany();
    storeId = (
      await prisma.store.create({ data: { shop: "mine.myshopify.com", installedAt: new Date(NOW) } })
    ).id;
    await prisma.store.create({ data: { shop: "theirs.myshopify.com", installedAt: new Date(NOW) } });
  });

  const row = () => test.database.prisma.store.findUniqueOrThrow({ where: { id: storeId } });
  const save = (values: unknown) =>
    saveSettings({ database: test.database, clock: () => NOW }, { storeId, values });
  const version = async () => (await row()).settingsVersion;

  it("are saved whole, for this store alone", async () => {
    const settingsVersion = await version();
    expect(await save({ ...FORM, settingsVersion })).toEqual({
      kind: "saved",
      settingsVersion: settingsVersion + 1,
    });
    const stored = await row();
    expect(stored).toMatchObject({
      reportWaitSeconds: 45,
      retentionDays: 14,
      events: { ...EVENTS, ...FORM.events },
    });
    expect(settingsOf(stored)).toEqual({
      eventIdRule: "order_id",
      valueBasis: "subtotal",
      currencySide: "presentment",
      contentId: "sku",
      consentPolicy: "strict",
      sources: FORM.sources,
      exclude: [],
      customerSegmentation: false,
    });
    const other = await test.database.prisma.store.findUniqueOrThrow({
      where: { shop: "theirs.myshopify.com" },
    });
    expect(other).toMatchObject({ eventIdRule: "order_number", retentionDays: 30 });
  });

  it("are in a new store as they are declared", async () => {
    const stored = await row();
    const declared = valuesOf(STORE_SETTINGS, defaultOf);
    // An event that is declared later has its own default: none is written before a merchant chooses.
    const { events, ...others } = declared;
    expect(events).toEqual(EVENTS);
    expect(stored.events).toEqual({});
    expect(stored).toMatchObject(others);
    expect(storeSettingsOf(stored)).toEqual(declared);
  });

  it("fall back where a stored value is none that this version knows", async () => {
    const stored = {
      ...(await row()),
      eventIdRule: "name",
      consentPolicy: "always",
      sources: { web: false, pos: "yes", fax: true },
      exclude: [
        { by: "colour", value: "x" },
        { by: "tag", value: "b2b" },
      ],
      events: { PageView: "both", ViewContent: "off", Search: 1, Lead: "both" },
    };
    expect(settingsOf(stored)).toMatchObject({
      eventIdRule: "order_number",
      consentPolicy: "strict",
      sources: { web: false, pos: true, draft: true, subscription: false, other: true },
      exclude: [{ by: "tag", value: "b2b" }],
    });
    expect(storeSettingsOf(stored).events).toEqual({ ...EVENTS, ViewContent: "off" });
  });

  it("keep an event as it is where a page of another version does not name it", async () => {
    await save({ settingsVersion: await version(), events: { ViewContent: "off", Search: "browser" } });
    const named = { Search: "both", Lead: "both" };
    expect(await save({ settingsVersion: await version(), events: named })).toMatchObject({ kind: "saved" });
    expect((await row()).events).toEqual({ ...EVENTS, ViewContent: "off", Search: "both" });
  });

  it("leave the customer switch as it is where an older page does not know it", async () => {
    const { customerSegmentation: _, ...older } = FORM;
    await save({ ...FORM, settingsVersion: await version() });
    expect(await save({ ...older, settingsVersion: await version() })).toMatchObject({ kind: "saved" });
    expect((await row()).customerSegmentation).toBe(false);
  });

  it.each([
    ["customerSegmentation", "on", "Choose on or off."],
    ["reportWaitSeconds", "", "Enter a number of seconds."],
    ["reportWaitSeconds", "soon", "Enter a number of seconds."],
    ["reportWaitSeconds", null, "Enter a number of seconds."],
    ["reportWaitSeconds", "1.5", "Enter whole seconds."],
    ["reportWaitSeconds", "-1", "The wait cannot be shorter than 0 seconds."],
    ["reportWaitSeconds", "121", "At most 120 seconds: Meta wants events promptly."],
    ["retentionDays", "6", "At least 7 days: until then an event may still be sent."],
    ["retentionDays", "91", "At most 90 days."],
    ["retentionDays", "", "Enter a number of days."],
    ["retentionDays", "10.5", "Enter whole days."],
    ["sources", { web: true }, "Choose one of the options."],
    ["eventIdRule", "shopify_1001", "Choose one of the options."],
    ["consentPolicy", "none", "Choose one of the options."],
    ["events", "both", "Choose one of the options."],
  ])("refuse %s = %j beside the field", async (field, value, message) => {
    const before = await row();
    expect(await save({ ...FORM, settingsVersion: before.settingsVersion, [field]: value })).toEqual({
      kind: "invalid",
      errors: { [field]: message },
    });
    expect(await row()).toEqual(before);
  });

  it.each([
    [{ ViewContent: "server" }, "ViewContent"],
    [{ AddToCart: "both", PageView: "both" }, "PageView"],
    [{ Purchase: "off" }, "Purchase"],
    [{ Search: null }, "Search"],
  ])("refuse events %j beside the one that is wrong", async (events, name) => {
    const before = await row();
    expect(await save({ ...FORM, settingsVersion: before.settingsVersion, events })).toEqual({
      kind: "invalid",
      errors: { [`events.${name}`]: "Choose one of the options." },
    });
    expect(await row()).toEqual(before);
  });

  it.each([
    null,
    "x",
    [],
    {},
    { ...FORM, settingsVersion: 3_000_000_000 },
    { ...FORM, settingsVersion: "1e300" },
  ])("refuse a form that is none: %j", async (values) => {
    const before = await row();
    expect((await save(values)).kind).toBe("invalid");
    expect(await row()).toEqual(before);
  });

  it("are not overwritten by a page opened before", async () => {
    const settingsVersion = await version();
    expect((await save({ ...FORM, settingsVersion })).kind).toBe("saved");
    expect(await save({ ...FORM, settingsVersion, retentionDays: "60" })).toEqual({ kind: "stale" });
    expect(await row()).toMatchObject({ retentionDays: 14 });
    // The same press arriving twice wants what is there.
    expect(await save({ ...FORM, settingsVersion })).toEqual({
      kind: "saved",
      settingsVersion: settingsVersion + 1,
    });
  });

  it("take one of two that are saved at once", async () => {
    const settingsVersion = await version();
    const outcomes = await Promise.all(
      ["20", "40"].map((retentionDays) => save({ ...FORM, settingsVersion, retentionDays })),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["saved", "stale"]);
    expect(await version()).toBe(settingsVersion + 1);
  });

  it("tell an open page of the switch to order IDs that somebody else made", async () => {
    const settingsVersion = await version();
    await switchToOrderIdRule({ database: test.database, clock: () => NOW }, storeId);
    await switchToOrderIdRule({ database: test.database, clock: () => NOW }, storeId);
    expect(await row()).toMatchObject({ eventIdRule: "order_id", settingsVersion: settingsVersion + 1 });
    expect(await save({ ...FORM, eventIdRule: "order_number", settingsVersion })).toEqual({ kind: "stale" });
  });

  it("forget a test event code after 24 hours, whether or not anybody clears it", async () => {
    const at = (now: number) => ({ database: test.database, clock: () => now });
    expect(await setTestEventCode(at(NOW), { storeId, code: "not a code" })).toMatchObject({
      kind: "invalid",
    });
    expect(await setTestEventCode(at(NOW), { storeId, code: " TEST12345 " })).toEqual({
      kind: "saved",
      expiresAt: new Date(NOW + 24 * HOUR),
    });
    expect(liveTestEventCode(await row(), NOW + 24 * HOUR - 1)).toBe("TEST12345");
    expect(liveTestEventCode(await row(), NOW + 24 * HOUR)).toBeNull();
    expect(await clearEndedTestCodes(at(NOW + 24 * HOUR - 1))).toBe(0);
    expect(await clearEndedTestCodes(at(NOW + 24 * HOUR))).toBe(1);
    expect(await row()).toMatchObject({ testEventCode: null, testEventCodeExpiresAt: null });
  });
});
