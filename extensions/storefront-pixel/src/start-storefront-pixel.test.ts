import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  BEAT,
  FakeStorefront,
  type FakeStorefrontOptions,
} from "../../../tests/extensions/fake-storefront.ts";
import { CookieJar } from "../../../tests/extensions/cookie-jar.ts";
import { startStorefrontPixel } from "./start-storefront-pixel.ts";

const LANDED = Date.UTC(2026, 8, 1, 10, 0, 0);
const FBP = "fb.1.1761288000000.1098115397";
const SETTINGS = {
  v: 1,
  datasets: ["1111111111", "2222222222"],
  heartbeat: 1,
  fbevents: "https://connect.facebook.net/en_US/fbevents.js",
  ldu: true,
};
const BLOCK = { shop: "hats.myshopify.com", page: "product", beat: BEAT, settings: SETTINGS };

const running: FakeStorefront[] = [];

async function visit(options: FakeStorefrontOptions = {}, settle = 20_000): Promise<FakeStorefront> {
  const page = new FakeStorefront({ block: BLOCK, ...options });
  running.push(page);
  void startStorefrontPixel(page.window, Date.now, () => 0.5);
  await vi.advanceTimersByTimeAsync(settle);
  return page;
}

beforeEach(() => vi.useFakeTimers({ now: LANDED }));
afterEach(() => {
  // No page, whatever happened on it, may use the call that reaches every Pixel.
  for (const page of running.splice(0)) {
    expect(page.calls.filter(([method]) => method === "track")).toEqual([]);
  }
  vi.useRealTimers();
});

describe("before consent", () => {
  it("stores, loads and sends nothing", async () => {
    const storage = new Map<string, string>();
    const page = await visit({ marketing: null, search: "?fbclid=IwAR0abc", storage });
    expect(page.loaded).toEqual([]);
    expect(page.requests).toEqual([]);
    expect(page.cookies.header).toBe("");
    expect(storage.size).toBe(0);
    expect(page.window.fbq).toBeUndefined();
  });

  it("takes a missing Customer Privacy API for no consent", async () => {
    const page = await visit({ customerPrivacy: "absent" });
    expect(page.loaded).toEqual([]);
    expect(page.requests).toEqual([]);
  });

  it("writes a refusal into the cart, without identifiers, for the server has no other way to know", async () => {
    const page = await visit({ marketing: false, search: "?fbclid=IwAR0abc" });
    expect(page.cart).toEqual({ _tandem_consent: "m0a0p0s1" });
    expect(page.loaded).toEqual([]);
    expect(page.cookies.header).toBe("");
  });
});

describe("with consent", () => {
  it("loads Meta's library once, without blocking, and reports the page to each dataset alone", async () => {
    const page = await visit();
    expect(page.loaded).toEqual([{ src: SETTINGS.fbevents, async: true, text: "" }]);
    const ids = page.calls.filter(([method]) => method === "trackSingle").map((call) => call[4]);
    expect(ids[0]).toEqual({ eventID: expect.stringMatching(/^\d{13}\.\d+$/) });
    expect(page.calls).toEqual([
      ["set", "autoConfig", false, "1111111111"],
      ["init", "1111111111"],
      ["trackSingle", "1111111111", "PageView", {}, ids[0]],
      ["set", "autoConfig", false, "2222222222"],
      ["init", "2222222222"],
      ["trackSingle", "2222222222", "PageView", {}, ids[0]],
    ]);
  });

  it("uses a Pixel that is there already, as it is", async () => {
    const queue: unknown[] = [["init", "9999"]];
    const foreign = Object.assign((...call: unknown[]) => void queue.push(call), { queue, version: "2.0" });
    const page = await visit({ foreignFbq: foreign, adBlocker: true });
    expect(page.loaded).toEqual([]);
    expect(page.window.fbq).toBe(foreign);
    expect(queue[0]).toEqual(["init", "9999"]);
    expect(queue.slice(1).map((call) => (call as unknown[])[0])).toEqual([
      "set",
      "init",
      "trackSingle",
      "set",
      "init",
      "trackSingle",
    ]);
  });

  it("hands identifiers and consent to the cart and leaves others' attributes alone", async () => {
    const page = await visit({ search: "?fbclid=IwAR0abc", cart: { gift_note: "for Ann" } });
    expect(page.cart).toEqual({
      gift_note: "for Ann",
      _fbp: FBP,
      _fbc: `fb.1.${LANDED}.IwAR0abc`,
      _tandem_consent: "m1a1p0s1",
    });
    expect(
      page.sent("/cart/update.js").flatMap((body) => Object.keys(body["attributes"] as object)),
    ).not.toContain("gift_note");
  });

  it("writes the cart again only when something changed", async () => {
    const first = await visit();
    const second = await visit({ cart: first.cart, cookies: first.cookies });
    expect(first.sent("/cart/update.js")).not.toEqual([]);
    expect(second.sent("/cart/update.js")).toEqual([]);
    expect(second.sent("/cart.js")).toHaveLength(1);
  });

  it("hands over the click at once where fbevents.js is blocked", async () => {
    const page = await visit({ adBlocker: true, search: "?fbclid=IwAR0abc" }, 1_000);
    expect(page.cart).toEqual({ _fbc: `fb.1.${LANDED}.IwAR0abc`, _tandem_consent: "m1a1p0s1" });
  });

  it("limits data use before init where the sale of data is refused", async () => {
    const page = await visit({ saleOfData: false });
    expect(page.calls[0]).toEqual(["dataProcessingOptions", ["LDU"], 0, 0]);
    expect(page.calls.findIndex(([method]) => method === "init")).toBeGreaterThan(0);
    const without = await visit({
      saleOfData: false,
      block: { ...BLOCK, settings: { ...SETTINGS, ldu: false } },
    });
    expect(without.calls.map(([method]) => method)).not.toContain("dataProcessingOptions");
  });

  it("does nothing in the theme editor", async () => {
    const page = await visit({ designMode: true });
    expect(page.loaded).toEqual([]);
    expect(page.requests).toEqual([]);
  });

  it("only shows that it is alive before the app has written its settings", async () => {
    const page = await visit({ block: { ...BLOCK, settings: null }, search: "?fbclid=IwAR0abc" });
    expect(page.requests.map(({ url }) => url)).toEqual(["/apps/tandem/heartbeat"]);
    expect(page.loaded).toEqual([]);
    expect(page.cookies.header).toBe("");
  });
});

describe("when consent changes on the page", () => {
  it("given later: the click keeps the time at which it was first seen", async () => {
    const page = await visit({ marketing: null, search: "?fbclid=IwAR0abc" }, 60_000);
    page.choose(true);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(page.loaded).toHaveLength(1);
    expect(page.cart["_fbc"]).toBe(`fb.1.${LANDED}.IwAR0abc`);
    expect(page.cart["_fbp"]).toBe(FBP);
  });

  it("withdrawn: the Pixel is silenced, the identifiers go from cart and browser", async () => {
    const page = await visit({ search: "?fbclid=IwAR0abc", cart: { gift_note: "for Ann" } });
    page.choose(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(page.calls.at(-1)).toEqual(["consent", "revoke"]);
    expect(page.cart).toEqual({ gift_note: "for Ann", _fbp: "", _fbc: "", _tandem_consent: "m0a0p0s1" });
    expect(page.cookies.header).toBe("");
  });

  it("withdrawn: nothing is left of what Meta's library and this script stored, on whatever domain and path", async () => {
    const storage = new Map([
      ...["multiFbc", "aemSource", "lastExternalReferrer", "fbevents^$last_event^$1", "pixel_mutex:1"].map(
        (key) => [key, "x"] as const,
      ),
      ["tandem:order:1", "1"],
      ["theme", "dark"],
    ]);
    const page = await visit({ search: "?fbclid=IwAR0abc", storage });
    page.session.set("aemSource", "x");
    for (const name of ["_fbp", "_fbc", "_fbleid"]) {
      page.cookies.set(`${name}=x;path=/`);
      page.cookies.set(`${name}=x;path=/products;domain=www.example.com`);
      page.cookies.set(`${name}=x;path=/products/hat;domain=example.com`);
      page.cookies.set(`${name}=x;path=/products/`);
    }
    page.cookies.set("cart=1;path=/");
    page.choose(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(page.cookies.header).toBe("cart=1");
    expect([...storage.keys()]).toEqual(["theme"]);
    expect(page.session.size).toBe(0);
  });

  it("withdrawn before fbevents.js has come: what it sets afterwards goes too", async () => {
    const page = await visit({ search: "?fbclid=IwAR0abc" }, 10);
    page.choose(false);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(page.calls.at(-1)).toEqual(["consent", "revoke"]);
    expect(page.cookies.header).toBe("");
  });

  it("refused on an earlier page: a later one removes what is left, without a dataset too", async () => {
    for (const block of [BLOCK, { ...BLOCK, settings: null }]) {
      const cookies = new CookieJar("www.example.com");
      cookies.set("_fbp=x;path=/;domain=example.com");
      const cart = { _fbp: "x", _fbc: "y", gift_note: "for Ann" };
      const page = await visit({ marketing: false, block, cookies, cart });
      expect(page.cookies.header).toBe("");
      expect(page.cart).toMatchObject({ _fbp: "", _fbc: "", gift_note: "for Ann" });
      expect(page.loaded).toEqual([]);
    }
  });

  it("withdrawn in a browser that stores nothing: no error", async () => {
    const page = await visit({ storage: "forbidden" });
    page.choose(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(page.cookies.header).toBe("");
  });

  it("withdrawn and given again: one grant, no second PageView", async () => {
    const page = await visit();
    page.choose(false);
    page.choose(false);
    page.choose(true);
    page.choose(true);
    await vi.advanceTimersByTimeAsync(20_000);
    const consents = page.calls.filter(([method]) => method === "consent");
    expect(consents).toEqual([
      ["consent", "revoke"],
      ["consent", "grant"],
    ]);
    expect(page.calls.filter((call) => call[2] === "PageView")).toHaveLength(2);
    expect(page.loaded).toHaveLength(1);
  });

  it("the sale of data refused and allowed again: the limit follows", async () => {
    const page = await visit();
    page.choose(true, false);
    page.choose(true, true);
    expect(page.calls.filter(([method]) => method === "dataProcessingOptions")).toEqual([
      ["dataProcessingOptions", ["LDU"], 0, 0],
      ["dataProcessingOptions", []],
    ]);
  });
});

describe("heartbeat", () => {
  const beats = (page: FakeStorefront) => page.sent("/apps/tandem/heartbeat");

  it("goes once a day and browser", async () => {
    const storage = new Map<string, string>();
    const first = await visit({ storage });
    expect(beats(first)).toEqual([
      {
        v: 2,
        version: "1.4.1",
        theme: 144,
        page: "product",
        pixels: [],
        senders: [],
        seen: { page: [] },
        blocked: false,
        consent: true,
      },
    ]);
    expect(beats(await visit({ storage }))).toEqual([]);
    vi.setSystemTime(LANDED + 86_400_000);
    expect(beats(await visit({ storage }))).toHaveLength(1);
  });

  it("goes from a sample of browsers", async () => {
    const sampled = (heartbeat: number) =>
      visit({ block: { ...BLOCK, settings: { ...SETTINGS, heartbeat } } });
    expect(beats(await sampled(0.5))).toHaveLength(0);
    expect(beats(await sampled(0.51))).toHaveLength(1);
  });

  it("is not loaded where it is not due, nor where the block names no second script", async () => {
    const late = await visit({ block: { ...BLOCK, settings: { ...SETTINGS, heartbeat: 0 } } });
    expect(late.window.tandemBeat).toBeUndefined();
    const old = await visit({ block: { ...BLOCK, beat: undefined } });
    expect(beats(old)).toEqual([]);
  });

  it("tells nothing where consent was withdrawn while its script loaded", async () => {
    const page = await visit({}, 3_000);
    while (!page.window.tandemBeat) await vi.advanceTimersByTimeAsync(10);
    page.choose(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(beats(page)).toEqual([]);
  });

  it("tells of our own dataset where another script initialised it before us, loaded or still queued", async () => {
    const ready = Object.assign(() => undefined, {
      callMethod: () => undefined,
      getState: () => ({ pixels: [{ id: "1111111111" }] }),
    });
    const queued = Object.assign(() => undefined, { queue: [["init", "1111111111"]] });
    const broken = Object.assign(() => undefined, {
      getState: () => {
        throw new Error("not a function");
      },
    });
    for (const foreignFbq of [ready, queued])
      expect(beats(await visit({ foreignFbq }))[0]).toMatchObject({
        pixels: [],
        seen: { page: [{ id: "1111111111", by: "page" }] },
      });
    expect(beats(await visit({ foreignFbq: broken }))[0]).toMatchObject({ seen: { page: [] } });
  });

  it("says that fbevents.js did not come", async () => {
    expect(beats(await visit({ adBlocker: true }))[0]).toMatchObject({ blocked: true });
  });
});
