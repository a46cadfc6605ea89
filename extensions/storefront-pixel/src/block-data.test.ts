import { describe, expect, it } from "vitest";
import { FakeStorefront } from "../../../tests/extensions/fake-storefront.ts";
import { readBlockData } from "./block-data.ts";
import { syncCart } from "./cart-attributes.ts";

const SETTINGS = {
  v: 1,
  datasets: ["1111"],
  heartbeat: 0.5,
  fbevents: "https://meta.example/f.js",
  ldu: false,
};
const read = (block: unknown) => {
  const { window } = new FakeStorefront();
  const textContent = typeof block === "string" ? block : JSON.stringify(block);
  window.document.getElementById = () => ({ textContent });
  return readBlockData(window);
};

describe("what the block left in the page", () => {
  it("is read as it was written", () => {
    const order = { id: 1, status: "paid", paidAt: 1_790_000_000 };
    const beat = "https://cdn.example/heartbeat.js";
    const block = { shop: "hats.myshopify.com", page: "customers/order", order, beat, settings: SETTINGS };
    expect(read(block)).toEqual(block);
    expect(read({ ...block, page: null, settings: null })).toEqual({ ...block, page: null, settings: null });
  });

  const withSettings = (settings: unknown) => ({ shop: "x", page: "index", settings });
  it.each([
    ["no JSON {"],
    [""],
    ["null"],
    ["5"],
    [withSettings(5)],
    [withSettings([])],
    [withSettings({ ...SETTINGS, datasets: "1111" })],
  ])("is nothing where it is %j", (block) => {
    expect(read(block)).toBeNull();
  });
});

it.each([[null], [[]], ["cart"], [{ attributes: "none" }]])(
  "takes a cart that is %j for an empty one",
  async (cart) => {
    const { window } = new FakeStorefront();
    const sent: unknown[] = [];
    window.fetch = async (url, init) => {
      if (init) sent.push([url, init.body]);
      return new Response(JSON.stringify(cart));
    };
    await syncCart(window, { _fbp: "fb.1.1.1" });
    expect(sent).toEqual([["/cart/update.js", JSON.stringify({ attributes: { _fbp: "fb.1.1.1" } })]]);
  },
);
