import { describe, expect, it } from "vitest";

import { FakePage } from "#tests/setup/sandbox/fake-page.ts";

const ID = "1234567890";
const quiet = (id: string): readonly unknown[] => ["set", "autoConfig", false, id];
const names = (hits: URLSearchParams[]): string[] => hits.map((hit) => `${hit.get("id")} ${hit.get("ev")}`);

describe("calls (meta.md section 8)", () => {
  it("works off what was queued before it loaded", async () => {
    const page = new FakePage();
    page.fbq(...quiet(ID)).fbq("init", ID);
    page.fbq(
      "track",
      "Purchase",
      { value: 38.36, currency: "USD", contents: [{ id: "7" }] },
      { eventID: "923177" },
    );
    const [hit] = await page.load().settle();
    expect(Object.fromEntries(hit ?? [])).toMatchObject({
      id: ID,
      ev: "Purchase",
      eid: "923177",
      dl: "https://www.shop.example/products/hat",
      "cd[value]": "38.36",
      "cd[currency]": "USD",
      "cd[contents]": '[{"id":"7"}]',
    });
    expect(Number(hit?.get("ts"))).toBeGreaterThan(1_700_000_000_000);
  });

  it("tracks for every pixel, trackSingle for one", async () => {
    const page = new FakePage().load();
    for (const id of ["1", "2"]) page.fbq(...quiet(id)).fbq("init", id);
    page.fbq("track", "PageView").fbq("trackSingle", "2", "Purchase").fbq("trackSingleCustom", "1", "Quiz");
    page.fbq("trackCustom", "Spin").fbq("trackSingle", "3", "Purchase");
    expect(names(await page.settle()).sort()).toEqual(
      ["1 PageView", "1 Quiz", "1 Spin", "2 PageView", "2 Purchase", "2 Spin"].sort(),
    );
    expect(page.warnings).toHaveLength(1);
  });

  it.each([
    [["init", ID, { em: "john_smith@gmail.com" }]],
    [["set", "mobileBridge", ID, "app"]],
    [["trackShopify", ID, "Purchase"]],
  ])("throws on what is not played: %j", (call) => {
    expect(() => new FakePage().load().fbq(...call)).toThrow(/not played/);
  });

  it("says Limited Data Use, and stops saying it", async () => {
    const page = new FakePage().load().fbq("dataProcessingOptions", ["LDU"], 1, 1000);
    page
      .fbq(...quiet(ID))
      .fbq("init", ID)
      .fbq("track", "PageView");
    page.fbq("dataProcessingOptions", []).fbq("track", "Contact");
    const [limited, free] = await page.settle();
    expect([limited?.get("dpo"), limited?.get("dpoco"), limited?.get("dpost")]).toEqual(["LDU", "1", "1000"]);
    expect(free?.has("dpo")).toBe(false);
  });

  it("loads once, however many tags ask for it", async () => {
    const page = new FakePage().load().load();
    page
      .fbq(...quiet(ID))
      .fbq("init", ID)
      .fbq("init", ID)
      .fbq("track", "PageView");
    expect(await page.settle()).toHaveLength(1);
    expect(page.run("fbq.getState().pixels[0].id")).toBe(ID);
  });
});

describe("consent", () => {
  it("holds hits and cookies back until it is granted", async () => {
    const page = new FakePage().load().fbq("consent", "revoke");
    page
      .fbq(...quiet(ID))
      .fbq("init", ID)
      .fbq("track", "PageView");
    expect(await page.settle()).toEqual([]);
    expect(page.cookies.size).toBe(0);
    page.fbq("consent", "grant");
    expect(names(await page.settle())).toEqual([`${ID} PageView`]);
    expect(page.cookies.has("_fbp")).toBe(true);
  });
});

describe("cookies (meta.md 2.4)", () => {
  const track = async (page: FakePage): Promise<URLSearchParams> => {
    const hits = await page
      .load()
      .fbq(...quiet(ID))
      .fbq("init", ID)
      .fbq("track", "PageView")
      .settle();
    return hits[0] ?? new URLSearchParams();
  };

  it.each([
    ["www.shop.example", /^fb\.1\.\d{13}\.\d+$/],
    ["localhost", /^fb\.0\.\d{13}\.\d+$/],
    ["127.0.0.1", /^fb\.0\.\d{13}\.\d+$/],
  ])("makes _fbp on %s", async (hostname, form) => {
    const page = new FakePage({ hostname });
    const hit = await track(page);
    expect(hit.get("fbp")).toMatch(form);
    expect(page.cookies.get("_fbp")).toBe(hit.get("fbp"));
  });

  it("leaves a known _fbp alone and makes no _fbc without a click", async () => {
    const page = new FakePage({ cookies: { _fbp: "fb.1.1596403881668.1116446470" } });
    const hit = await track(page);
    expect([hit.get("fbp"), hit.has("fbc")]).toEqual(["fb.1.1596403881668.1116446470", false]);
  });

  it.each([
    ["from the click", {}, /^fb\.1\.\d{13}\.IwAR-x_Y$/],
    [
      "not anew for the same click",
      { _fbc: "fb.1.1554763741205.IwAR-x_Y" },
      /^fb\.1\.1554763741205\.IwAR-x_Y$/,
    ],
    ["anew for another click", { _fbc: "fb.1.1554763741205.Other" }, /^fb\.1\.\d{13}\.IwAR-x_Y$/],
  ])("makes _fbc %s", async (_, cookies, form) => {
    expect((await track(new FakePage({ search: "?fbclid=IwAR-x_Y", cookies }))).get("fbc")).toMatch(form);
  });
});

describe("automatic events", () => {
  it("are sent unless they are switched off", async () => {
    const page = new FakePage().load();
    page
      .fbq(...quiet("1"))
      .fbq("init", "1")
      .fbq("init", "2");
    page.click();
    page.navigate();
    const hits = await page.settle();
    expect(names(hits).sort()).toEqual(["2 Microdata", "2 PageView", "2 SubscribedButtonClick"]);
    expect(hits.every((hit) => hit.get("es") === "automatic")).toBe(true);
  });
});
