import { describe, expect, it } from "vitest";
import { FakeStorefront } from "../../../../tests/extensions/fake-storefront.ts";
import type { Fbq, HeartbeatTask } from "../storefront-window.ts";
import { lookRound } from "./look-round.ts";

const OURS = "900000000000001";
const OTHER = "975184251718590";
const inline = (text: string) => ({ src: "", async: false, text });
const external = (src: string) => ({ src, async: true, text: "" });
const task = (more: Partial<HeartbeatTask> = {}): HeartbeatTask => ({
  page: "index",
  datasets: [OURS],
  earlier: undefined,
  blocked: false,
  allowed: () => true,
  ...more,
});
const look = (texts: readonly string[], more: { foreignFbq?: Fbq } & Partial<HeartbeatTask> = {}) => {
  const { foreignFbq, ...rest } = more;
  const page = new FakeStorefront({ scripts: texts.map(inline), ...(foreignFbq ? { foreignFbq } : {}) });
  return lookRound(page.window, task(rest));
};
/** The list as Shopify's page writes it: a call with an object, entries in JSON, each configuration JSON in a text. */
const listed = (...entries: object[]) =>
  `wpmLoader({shopId:1,storefrontBaseUrl:"https://x",webPixelsConfigList:${JSON.stringify(entries)},isMerchantRequest:false});`;
const channel = (pixelId: string, more: object = {}) => ({
  id: "1",
  configuration: JSON.stringify({ pixel_id: pixelId, pixel_type: "facebook_pixel" }),
  runtimeContext: "OPEN",
  type: "APP",
  apiClientId: 2329312,
  dataSharingState: "optimized",
  ...more,
});

it("sees nobody on a page of our own, and says that it saw no list", () => {
  expect(look([])).toEqual({ pixels: [], senders: [], seen: { page: [] } });
});

describe("Shopify's list of web pixels", () => {
  it("names the Facebook & Instagram channel, its dataset and its state", () => {
    expect(look([listed(channel(OURS))])).toEqual({
      pixels: [],
      senders: ["shopify_meta_channel"],
      seen: { list: [{ app: "2329312", ids: [OURS], sharing: "optimized" }], page: [] },
    });
  });

  it("finds Omega's Pixels, our own pixel, custom pixels; and leaves out apps that have nothing of Meta", () => {
    const omega = {
      configuration: JSON.stringify({
        omegaFacebookData: JSON.stringify({ pixels: `${OTHER}_1_0,${OURS}_1_0` }),
      }),
      type: "APP",
      apiClientId: 3325251,
    };
    const own = {
      configuration: JSON.stringify({
        appUrl: "https://a",
        trUrl: "https://t/",
        accountID: "x.myshopify.com",
        funnel: JSON.stringify({ v: 1, datasets: [OURS] }),
      }),
      type: "APP",
      apiClientId: 77,
      dataSharingState: "unrestricted",
    };
    const tiktok = { configuration: '{"pixelCode":"C9K2"}', type: "APP", apiClientId: 4383523 };
    const google = {
      configuration: '{"config":"{\\"gtag\\":\\"12345678901234\\"}"}',
      type: "APP",
      apiClientId: 1780363,
    };
    const custom = { id: "9", runtimeContext: "LAX", type: "CUSTOM", name: `[V] ${"W".repeat(60)}` };
    expect(look([listed(omega, own, tiktok, google, custom)]).seen.list).toEqual([
      { app: "3325251", ids: [OURS, OTHER] },
      { app: "tandem", ids: [], sharing: "unrestricted" },
      { custom: `[V] ${"W".repeat(36)}`, ids: [] },
    ]);
  });

  it("finds our dataset wherever an app writes it, and no other number", () => {
    const app = (configuration: unknown) => ({ configuration, type: "APP", apiClientId: 5 });
    const ids = (configuration: unknown) => look([listed(app(configuration))]).seen.list;
    expect(ids(`{"settings":"x|${OURS}|y"}`)).toEqual([{ app: "5", ids: [OURS] }]);
    expect(ids({ nested: { list: [OURS] } })).toEqual([{ app: "5", ids: [OURS] }]);
    expect(ids(`{"settings":"1${OURS}"}`)).toEqual([]);
    expect(ids('{"order_id":"123456789012345"}')).toEqual([]);
    expect(ids(undefined)).toEqual([]);
  });

  it.each([
    ["it is empty", "webPixelsConfigList: []", []],
    ["the key is quoted", `{"webPixelsConfigList" : ${JSON.stringify([channel(OTHER)])}}`, [OTHER]],
    [
      "another script speaks of it first",
      `a.webPixelsConfigList.map(b);\n${listed(channel(OTHER))}`,
      [OTHER],
    ],
    ["a text in it holds brackets", listed({ name: 'a]"[', type: "APP" }, channel(OTHER)), [OTHER]],
  ])("is read where %s", (_name, text, ids) => {
    expect(look([text]).seen.list?.flatMap((entry) => entry.ids)).toEqual(ids);
  });

  it.each([
    ["is not there", "wpmLoader({})"],
    ["is no JSON", "webPixelsConfigList:[{id:1}]"],
    ["does not end", 'webPixelsConfigList:[{"type":"APP"}'],
    ["is not a list", "webPixelsConfigList:null"],
    ["is longer than can be", `webPixelsConfigList:[${'{"type":"APP"},'.repeat(20_000)}{}]`],
  ])("is unknown, not empty, where it %s", (_name, text) => {
    expect(look([text]).seen).not.toHaveProperty("list");
  });

  it.each([[[null, 5, "x", []]], [[{ configuration: 5, apiClientId: {}, name: [], dataSharingState: {} }]]])(
    "has no entry of Meta's where its entries are %j",
    (entries) => {
      expect(look([`webPixelsConfigList:${JSON.stringify(entries)}`]).seen.list).toEqual([]);
    },
  );

  it("names ten at most, and fits into what the app reads of a request", () => {
    const apps = Array.from({ length: 60 }, (_, index) => ({ ...channel(OTHER), apiClientId: 100 + index }));
    const customs = Array.from({ length: 9 }, () => ({ type: "CUSTOM", name: "\u{1F600}".repeat(40) }));
    const inits = Array.from({ length: 30 }, (_, index) => `fbq('init','${7000 + index}')`).join(";");
    const told = look([listed(...apps, ...customs), inits]);
    expect(told.seen.list).toHaveLength(10);
    expect(told.seen.page).toHaveLength(10);
    expect(told.pixels).toHaveLength(10);
    // The app reads 4 kB; half a kilobyte is left to the rest of the report.
    expect(Buffer.byteLength(JSON.stringify(told))).toBeLessThan(3_500);
  });
});

describe("Shopify's own server side", () => {
  it.each([
    ['trekkie.load({"S2S":{"facebookCapiEnabled":true,"source":"x"}})', true],
    ['trekkie.load({"S2S":{"facebookCapiEnabled":false}})', false],
    [String.raw`{\"S2S\":{\"facebookCapiEnabled\": true}}`, true],
    ['"facebookCapiEnabled":false … "facebookCapiEnabled":true', true],
    ['"facebookCapiEnabled":"maybe"', undefined],
    ["facebookCapiEnabled", undefined],
  ])("%s: %s", (text, capi) => {
    expect(look([text]).seen.capi).toBe(capi);
  });
});

describe("Pixels that the page initialises itself", () => {
  const state = (...ids: string[]): Fbq =>
    Object.assign(() => undefined, { getState: () => ({ pixels: ids.map((id) => ({ id })) }) });

  it("are those of inline scripts and of the library's state, ours only where we are not the one", () => {
    const told = look([`fbq('init', '4444'); fbq( "init",${OURS} ); fbq('track','PageView')`], {
      foreignFbq: state(OURS, "3333"),
    });
    expect(told.pixels).toEqual(["3333", "4444"]);
    expect(told.senders).toEqual(["other_fbq"]);
    expect(told.seen.page).toEqual([
      { id: "4444", by: "theme" },
      { id: OURS, by: "theme" },
      { id: "3333", by: "page" },
    ]);
    expect(look([], { foreignFbq: state(OURS) }).seen.page).toEqual([]);
    expect(look([], { foreignFbq: state(OURS), earlier: [OURS] }).seen.page).toEqual([
      { id: OURS, by: "page" },
    ]);
  });

  it("are laid to the tag manager where the page has one", () => {
    const scripts = [external("https://www.googletagmanager.com/gtm.js?id=GTM-1")];
    const page = new FakeStorefront({ scripts, foreignFbq: state("3333") });
    expect(lookRound(page.window, task())).toMatchObject({
      senders: ["gtm", "other_fbq"],
      seen: { page: [{ id: "3333", by: "gtm" }] },
    });
  });

  it("are not told again where a listed app explains them", () => {
    const told = look([listed(channel(OURS), channel(OTHER, { apiClientId: 8 }))], {
      foreignFbq: state(OURS, OTHER),
      earlier: [OURS],
    });
    expect(told.seen.page).toEqual([]);
  });

  it("are none where the library's state cannot be read", () => {
    const broken: Fbq = Object.assign(() => undefined, {
      getState: () => {
        throw new Error("gone");
      },
    });
    expect(look([], { foreignFbq: broken }).seen.page).toEqual([]);
  });
});
