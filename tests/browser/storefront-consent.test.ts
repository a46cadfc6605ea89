import { describe, expect, it } from "vitest";

import { GERMAN_SHOP, verdict } from "./open-storefront.ts";
import { shareStorefront } from "./share-storefront.ts";

const EVERY = { interval: 100 };
const shop = shareStorefront({ shop: GERMAN_SHOP, reportWaitSeconds: 4 });
/** Long enough for everything that a page would send to be sent: the heartbeat is the last, after three seconds. */
const SETTLED_MS = 4_000;

/** All that Meta knows of browsers and servers: page views, purchases, loads of its script. */
const heard = () => {
  const { totals, counters } = shop().world.meta.state();
  return { totals, counters };
};

describe("a visitor who is asked for consent, in a browser", () => {
  it("and refuses is told to nobody: no cookie, no identifier, no copy from either side", async () => {
    const before = heard();
    const visitor = await shop().visit("region=eu");
    await visitor.page.goto(`${shop().url}/?fbclid=IwAR0-Refused`);
    await visitor.decline();
    await expect.poll(() => visitor.cartAttributes(), EVERY).toEqual({ _tandem_consent: "m0a0p0s0" });
    const order = await visitor.buy();
    await expect
      .poll(() => shop().conversion(order), EVERY)
      .toMatchObject({ delivery: "skipped: no_consent" });
    await visitor.page.waitForTimeout(SETTLED_MS);
    expect(await visitor.cookie("_fbp")).toBeUndefined();
    expect(await visitor.cookie("_fbc")).toBeUndefined();
    expect(shop().purchase(order)).toBeUndefined();
    expect(heard()).toEqual(before);
  });

  it("and does not answer is told to nobody either", async () => {
    const before = heard();
    const visitor = await shop().visit("region=eu");
    await visitor.page.goto(`${shop().url}/?fbclid=IwAR0-Silent`);
    await visitor.page.waitForTimeout(SETTLED_MS);
    expect(await visitor.cartAttributes()).toEqual({});
    expect(await visitor.cookie("_fbp")).toBeUndefined();
    const order = await visitor.buy();
    await expect
      .poll(() => shop().conversion(order), EVERY)
      .toMatchObject({ delivery: "skipped: no_consent" });
    expect(shop().purchase(order)).toBeUndefined();
    expect(heard()).toEqual(before);
  });

  it("and agrees later brings the click along that came before", async () => {
    const visitor = await shop().visit("region=eu");
    await visitor.page.goto(`${shop().url}/?fbclid=IwAR0-Later`);
    await visitor.page.waitForTimeout(1_000);
    expect(await visitor.cookie("_fbc")).toBeUndefined();
    await visitor.accept();
    await expect
      .poll(() => visitor.cartAttributes(), EVERY)
      .toEqual({
        _fbp: expect.stringMatching(/^fb\.1\.\d{13}\.\d+$/) as string,
        _fbc: expect.stringMatching(/^fb\.1\.\d{13}\.IwAR0-Later$/) as string,
        _tandem_consent: "m1a1p1s1",
      });
    const order = await visitor.buy();
    await expect
      .poll(() => verdict(shop().purchase(order)), EVERY)
      .toEqual({
        id: String(order.payload.order_number),
        copies: ["browser", "server"],
        counted: 1,
        differences: [],
      });
    for (const { keys } of shop().purchase(order)?.copies ?? [])
      expect(keys).toEqual(expect.arrayContaining(["fbp", "fbc"]));
    await expect.poll(() => shop().conversion(order), EVERY).toMatchObject({ pairing: "paired" });
  });

  it("and agrees only on the thank-you page is counted once from there on", async () => {
    const visitor = await shop().visit("region=eu");
    const order = await visitor.buy();
    await expect
      .poll(() => shop().conversion(order), EVERY)
      .toMatchObject({ delivery: "skipped: no_consent" });
    await visitor.accept();
    await expect
      .poll(() => shop().conversion(order), EVERY)
      .toMatchObject({ pairing: "paired", delivery: "delivered" });
    expect(verdict(shop().purchase(order))).toMatchObject({ copies: ["browser", "server"], counted: 1 });
  });

  it("and takes it back in the shop takes the identifiers back too", async () => {
    const visitor = await shop().visit("region=eu");
    await visitor.page.goto(`${shop().url}/?fbclid=IwAR0-Back`);
    await visitor.accept();
    await expect.poll(() => visitor.cartAttributes(), EVERY).toHaveProperty("_fbp");
    // What Meta's real library leaves beside what the sandbox's does.
    await visitor.page.evaluate(() => {
      document.cookie = "_fbleid=lead-1;path=/";
      document.cookie = "_fbc=fb.1.1761288000000.IwAR0-Host;path=/";
      localStorage.setItem("multiFbc", "[]");
      localStorage.setItem("aemSource", "x");
      localStorage.setItem("theme", "dark");
    });
    await visitor.page.evaluate(() => {
      const { Shopify } = window as unknown as {
        Shopify: { customerPrivacy: { setTrackingConsent(choice: object): void } };
      };
      Shopify.customerPrivacy.setTrackingConsent({ marketing: false });
    });
    await expect.poll(() => visitor.cartAttributes(), EVERY).toEqual({ _tandem_consent: "m0a1p1s1" });
    for (const name of ["_fbp", "_fbc", "_fbleid"]) expect(await visitor.cookie(name)).toBeUndefined();
    const kept = await visitor.page.evaluate(() => Object.keys(localStorage));
    expect(kept.filter((key) => /^(?:multiFbc|aemSource|tandem:)/.test(key))).toEqual([]);
    expect(kept).toContain("theme");
    const order = await visitor.buy();
    await expect
      .poll(() => shop().conversion(order), EVERY)
      .toMatchObject({ delivery: "skipped: no_consent" });
    await visitor.page.waitForTimeout(500);
    expect(shop().purchase(order)).toBeUndefined();
  });
});
