import { expect, it } from "vitest";
import { FakeStorefront } from "../../../tests/extensions/fake-storefront.ts";
import { seeNeighbours } from "./heartbeat.ts";
import type { Fbq } from "./storefront-window.ts";

const inline = (text: string) => ({ src: "", async: false, text });
const external = (src: string) => ({ src, async: true, text: "" });

it("sees nobody on a page of our own", () => {
  const page = new FakeStorefront();
  expect(seeNeighbours(page.window, ["1111"], false)).toEqual({ pixels: [], senders: [] });
});

it("finds other Pixels in fbevents.js's own state and in scripts that have not run, ours left out", () => {
  const fbq: Fbq = Object.assign(() => undefined, {
    getState: () => ({ pixels: [{ id: "1111" }, { id: "3333" }] }),
  });
  const scripts = [inline(`fbq('init', '4444'); fbq( "init","1111" ); fbq('track','PageView')`)];
  const page = new FakeStorefront({ foreignFbq: fbq, scripts });
  expect(seeNeighbours(page.window, ["1111"], true)).toEqual({
    pixels: ["3333", "4444"],
    senders: ["other_fbq"],
  });
});

it("recognises the Facebook & Instagram channel and Google Tag Manager", () => {
  const channel = String.raw`webPixelsConfigList: [{"configuration":"{\"pixel_id\":\"5555\",\"pixel_type\":\"facebook_pixel\"}"}]`;
  const scripts = [inline(channel), external("https://www.googletagmanager.com/gtm.js?id=GTM-1")];
  const page = new FakeStorefront({ scripts });
  expect(seeNeighbours(page.window, [], false).senders).toEqual(["shopify_meta_channel", "gtm"]);
});

it("names ten at most", () => {
  const text = Array.from({ length: 30 }, (_, index) => `fbq('init','${7000 + index}')`).join(";");
  const page = new FakeStorefront({ scripts: [inline(text)] });
  expect(seeNeighbours(page.window, [], false).pixels).toHaveLength(10);
});
