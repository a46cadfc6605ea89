/** What the storefront script does for the funnel: the page view as the store has it, and the moment of the consent. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FakeStorefront, type FakeStorefrontOptions } from "../../../tests/extensions/fake-storefront.ts";
import { startStorefrontPixel } from "./start-storefront-pixel.ts";

const LANDED = Date.UTC(2026, 10, 27, 10, 0, 0);
const SETTINGS = {
  v: 1,
  datasets: ["1111111111"],
  heartbeat: 0,
  fbevents: "https://meta.example/f.js",
  ldu: true,
};

async function visit(options: FakeStorefrontOptions = {}, settings: object = {}): Promise<FakeStorefront> {
  const block = { shop: "hats.myshopify.com", page: "product", settings: { ...SETTINGS, ...settings } };
  const page = new FakeStorefront({ block, ...options });
  void startStorefrontPixel(page.window, Date.now, () => 0.5);
  await vi.advanceTimersByTimeAsync(20_000);
  return page;
}

const pageViews = (page: FakeStorefront) => page.calls.filter((call) => call[2] === "PageView").length;

beforeEach(() => vi.useFakeTimers({ now: LANDED }));
afterEach(() => vi.useRealTimers());

it.each([
  [{}, 1],
  [{ pageView: true }, 1],
  [{ pageView: false }, 0],
])(
  "with %j reports %i page views; the Pixel and its identifiers are there in any case",
  async (settings, count) => {
    const page = await visit({}, settings);
    expect(pageViews(page)).toBe(count);
    expect(page.calls.filter(([method]) => method === "init")).toHaveLength(1);
    expect(page.cookies.get("_fbp")).toBeDefined();
  },
);

it("marks the moment at which the visitor allows marketing on a page, at once", async () => {
  const storage = new Map<string, string>();
  const page = await visit({ marketing: null, storage });
  expect(storage.has("tandem:allowed")).toBe(false);
  page.choose(true);
  // Shopify loads the web pixel after this event: the mark must be there before anything else happens.
  expect(storage.get("tandem:allowed")).toBe(String(LANDED + 20_000));
});

it("marks it also where Shopify's consent API has not come yet", async () => {
  const storage = new Map<string, string>();
  const page = await visit({ marketing: null, storage, customerPrivacy: "absent" });
  page.choose(true);
  expect(storage.get("tandem:allowed")).toBe(String(LANDED + 20_000));
});

it("marks nothing where marketing was allowed all along, and forgets the mark with the visitor", async () => {
  const storage = new Map<string, string>();
  const page = await visit({ marketing: true, storage });
  page.choose(true);
  expect(storage.has("tandem:allowed")).toBe(false);
  storage.set("tandem:allowed", "1");
  page.session.set("tandem:visit", "{}");
  page.session.set("tandem:events", "[]");
  page.choose(false);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(storage.has("tandem:allowed")).toBe(false);
  expect([...page.session.keys()]).toEqual([]);
});
