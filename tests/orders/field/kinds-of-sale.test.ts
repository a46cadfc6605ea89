/** Field cases 01, 05, 06, 07 and 08: what kind of sale an order is, and what follows from it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildConversion } from "#app/conversions/build-conversion.ts";
import { buildServerEvent } from "#app/meta/build-server-event.ts";
import { DEFAULT_SETTINGS } from "#app/conversions/settings/settings.ts";
import type { BrowserReport, Conversion } from "#app/conversions/model.ts";
import { parseOrder } from "#app/conversions/order/parse-order.ts";
import { asRecord } from "#app/conversions/read-json.ts";
import { planDeliveries } from "#app/intake/plan-deliveries.ts";
import { runPayload } from "../../../scripts/payload.ts";
import { fieldFile, runFieldCase } from "./run-field-case.ts";

const NOW = Date.parse("2025-10-24T06:53:00Z");

function convert(file: string, change: Readonly<Record<string, unknown>> = {}, now = NOW): Conversion {
  const order = asRecord(JSON.parse(readFileSync(fieldFile(file), "utf8")));
  const parsed = parseOrder(JSON.stringify({ ...order, ...change }));
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return buildConversion(parsed.order, DEFAULT_SETTINGS, { now });
}

function planFor(conversion: Conversion, now = NOW) {
  const store = { datasetIds: [1n], reportWaitSeconds: 20, webPixelConnected: true };
  const [delivery] = planDeliveries(conversion, { report: null, store, now }).deliveries;
  return { state: delivery?.state, reason: delivery?.skipReason, waits: (delivery?.dueAt ?? 0) - now };
}

describe("01: an old order that was imported", () => {
  test("is too old, whatever touched it last", () => {
    expect(runFieldCase("01_historic_import.json")).toStrictEqual({ skipped: "too_old" });
    expect(planFor(convert("01_historic_import.json"))).toStrictEqual({
      state: "skipped",
      reason: "too_old",
      waits: 0,
    });
  });

  test("keeps its own date as the payment's as well", () => {
    const { eventTime, paidAt } = convert("01_historic_import.json");
    expect([eventTime, paidAt]).toStrictEqual([1682935200, 1682935200]);
  });

  test("a young one is sent with its own date", () => {
    const young = convert("01_historic_import.json", { processed_at: "2025-10-21T10:00:00Z" });
    const outcome = buildServerEvent(young, null, { now: NOW });
    expect(outcome.kind === "event" && outcome.event).toMatchObject({
      event_time: 1761040800,
      action_source: "other",
    });
  });

  test("a late payment is none: it moves updated_at and nothing else", () => {
    const paid = Date.parse("2025-11-10T08:00:00Z");
    const late = convert("05_checkout_next.json", { updated_at: "2025-11-10T08:00:00Z" }, paid);
    const outcome = buildServerEvent(late, null, { now: paid });
    expect(outcome.kind === "event" && outcome.event.event_time).toBe(1762761600);
  });

  test("a till that was offline for months does not date its sale by the day it was synced", () => {
    const till = convert("01_historic_import.json", { source_name: "pos" });
    expect(buildServerEvent(till, null, { now: NOW })).toMatchObject({ kind: "skipped", reason: "too_old" });
  });
});

test.each(["checkout_next", "www", "web", " Checkout_Next "])("05: %s is the shop's own checkout", (name) => {
  const conversion = convert("05_checkout_next.json", { source_name: name });
  expect(conversion).toMatchObject({
    source: "web",
    actionSource: "website",
    client: { ip: "203.0.113.10", userAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0" },
    eventSourceUrl: "https://shop.example.com/",
  });
  expect(planFor(conversion)).toMatchObject({ state: "waiting", waits: 20_000 });
});

describe("06: a headless storefront", () => {
  const report: BrowserReport = {
    checkoutToken: "00000000000000000000000000000901",
    fbp: "fb.1.1761288000000.1234567890",
    consent: { marketing: true },
    userAgent: "Mozilla/5.0 (buyer)",
    ip: "203.0.113.77",
  };

  test("waits for the browser's report and takes it", () => {
    const conversion = convert("06_headless_app_id.json");
    expect(planFor(conversion)).toMatchObject({ state: "waiting", waits: 20_000 });
    const outcome = buildServerEvent(conversion, report, { now: NOW });
    expect(outcome.kind === "event" && outcome.event.user_data).toMatchObject({
      fbp: "fb.1.1761288000000.1234567890",
      client_user_agent: "Mozilla/5.0 (buyer)",
      client_ip_address: "203.0.113.77",
    });
  });

  test("without a checkout no browser can report, so nothing waits", () => {
    const conversion = convert("06_headless_app_id.json", { checkout_token: null });
    expect(conversion.source).toBe("other");
    expect(planFor(conversion)).toMatchObject({ state: "due", waits: 0 });
    expect(buildServerEvent(conversion, report, { now: NOW })).not.toMatchObject({
      event: { user_data: { fbp: report.fbp } },
    });
  });
});

test.each(["shopify_draft_order", "12875497473", "web"])(
  "%s: whatever the web pixel can report waits for it",
  (name) => {
    expect(planFor(convert("06_headless_app_id.json", { source_name: name, app_id: null })).state).toBe(
      "waiting",
    );
  },
);

describe("07: a renewal by a subscription app", () => {
  test("is off by default, as any renewal", () => {
    expect(runFieldCase("07_recharge_renewal.json")).toStrictEqual({ skipped: "source_off" });
    expect(convert("07_recharge_renewal.json").source).toBe("subscription_renewal");
  });

  test("the first order is a purchase of the web", () => {
    const first = convert("05_checkout_next.json", { tags: "Subscription, Subscription First Order" });
    expect(first).toMatchObject({ source: "subscription_first", actionSource: "website" });
    expect(first.skip).toBeUndefined();
    expect(planFor(first).state).toBe("waiting");
  });

  test("switching the online store off leaves first orders out as well", () => {
    const order = parseOrder(
      readFileSync(fieldFile("05_checkout_next.json"), "utf8").replace(
        /"quantity": 1,/,
        '"quantity": 1, "selling_plan_id": 7,',
      ),
    );
    if (!order.ok) throw new Error(order.problem.message);
    const settings = { ...DEFAULT_SETTINGS, sources: { ...DEFAULT_SETTINGS.sources, web: false } };
    expect(buildConversion(order.order, settings, { now: NOW })).toMatchObject({
      source: "subscription_first",
      skip: "source_off",
    });
  });
});

describe("08: rules of the merchant", () => {
  const settings = (exclude: unknown) => {
    const folder = mkdtempSync(join(tmpdir(), "tandem-rules-"));
    const file = join(folder, "settings.json");
    writeFileSync(file, JSON.stringify({ exclude }));
    const run = (...more: readonly string[]) =>
      runPayload([fieldFile("08_marketplace.json"), "--settings", file, ...more]);
    return { run, remove: () => rmSync(folder, { recursive: true }) };
  };

  test.each([
    [{ by: "tag", value: "AnkorStore" }, "tag: AnkorStore"],
    [{ by: "source", value: "3041525761" }, "source: 3041525761"],
    [{ by: "app", value: 3041525761 }, "app: 3041525761"],
  ])("%j leaves it out and is named", (rule, name) => {
    const { run, remove } = settings([{ by: "gateway", value: "klarna" }, rule]);
    expect(JSON.parse(run().output)).toStrictEqual({ skipped: "excluded_by_rule", rule: name });
    expect(JSON.parse(run("--explain").output)).toMatchObject({ skipped: "excluded_by_rule", rule: name });
    remove();
  });

  test.each([[{ by: "tag", value: "ankor" }], [{ by: "gateway", value: "ankorstore" }]])(
    "%j does not",
    (rule) => {
      const { run, remove } = settings([rule]);
      expect(JSON.parse(run().output)).toMatchObject({ event_name: "Purchase" });
      remove();
    },
  );

  test("a rule that cannot be read is an error that names it", () => {
    const { run, remove } = settings([{ by: "tags", value: "x" }]);
    expect(run()).toMatchObject({ exitCode: 2 });
    expect(run().output).toContain('"exclude.0.by" must be one of source, app, tag, gateway');
    remove();
  });
});

test("08: a marketplace's order has no browser", () => {
  const conversion = convert("08_marketplace.json");
  expect(conversion).toMatchObject({ source: "other", actionSource: "other", client: {} });
  expect(planFor(conversion)).toMatchObject({ state: "due", waits: 0 });
});
