import { describe, expect, it } from "vitest";

import { OTHER_DATASET } from "#sandbox/shopify/storefront/listed-pixels.ts";
import { shareStorefront } from "./share-storefront.ts";

const shop = shareStorefront();
/** The heartbeat is the last that a page sends, after three seconds. */
const SETTLED_MS = 5_000;

/** What the first page of a new visitor tells the app of itself. */
async function seenBy(switches: string): Promise<unknown> {
  const visitor = await shop().visit(switches);
  const beat = visitor.page.waitForRequest(/\/apps\/tandem\/heartbeat$/);
  await visitor.arrive();
  const request = await beat;
  expect((await request.response())?.status()).toBe(204);
  return (request.postDataJSON() as { seen: unknown }).seen;
}
const rows = () =>
  shop().query<object>("SELECT kind, sender, pixel_id, sharing FROM sighting ORDER BY kind, sender");

const own = { app: "tandem", ids: [], sharing: "unrestricted" };
const channelOn = (id: string) => ({ app: "2329312", ids: [id], sharing: "optimized" });

describe("what a page says of other senders, in a browser", () => {
  it("is the channel on our dataset, and its server side; the app keeps it", async () => {
    expect(await seenBy("region=us&channel=same&serverSide=on")).toEqual({
      list: [own, channelOn(shop().dataset)],
      capi: true,
      page: [],
    });
    const none = { pixel_id: "", sharing: "" };
    expect(await rows()).toEqual([
      { kind: "app_pixel", sender: "channel", pixel_id: shop().dataset, sharing: "" },
      { kind: "own_pixel", sender: "tandem", pixel_id: "", sharing: "unrestricted" },
      { kind: "server_side", sender: "channel", ...none },
      ...["list", "page", "server"].map((sender) => ({ kind: "told", sender, ...none })),
    ]);
  });

  it("is our own pixel alone where the channel is absent", async () => {
    expect(await seenBy("region=us")).toEqual({ list: [own], capi: false, page: [] });
  });

  it("is the channel on another dataset, and a custom pixel by its name", async () => {
    expect(await seenBy("region=us&channel=other&customPixel=on")).toEqual({
      list: [own, channelOn(OTHER_DATASET), { custom: "Wetracked", ids: [] }],
      capi: false,
      page: [],
    });
  });

  it("is nothing where the visitor refuses: no heartbeat, and its script is not loaded", async () => {
    const visitor = await shop().visit("region=eu&channel=same");
    const asked: string[] = [];
    visitor.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await visitor.page.goto(shop().url);
    await visitor.decline();
    await visitor.page.waitForTimeout(SETTLED_MS);
    expect(asked.filter((path) => path.endsWith("/pixel.js"))).toHaveLength(1);
    expect(asked.filter((path) => /heartbeat/.test(path))).toEqual([]);
  });
});
