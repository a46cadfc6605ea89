import { expect, it } from "vitest";

import { SandboxWorld } from "../sandbox-world.ts";
import { HASHED_EMAIL } from "#tests/setup/sandbox/post-events.ts";
import { receivePixel } from "./receive-pixel.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");

function hit(fields: Record<string, string>): SandboxWorld {
  const world = new SandboxWorld({ now: () => NOW });
  world.addDataset({ id: "1" });
  receivePixel(world, { fields, userAgent: "Mozilla/5.0", ip: "127.0.0.1", traceId: "A" });
  return world;
}

it("reads what the pixel sends (meta.md section 8)", () => {
  const world = hit({
    id: "1",
    ev: "Purchase",
    eid: "923177",
    ts: "1795435140999",
    "cd[value]": "38.36",
    "cd[currency]": "USD",
    "cd[contents]": '[{"id":"7","quantity":3}]',
    "ud[em]": HASHED_EMAIL,
    fbp: "fb.1.1596403881668.1116446470",
    fbc: "fb.1.1554763741205.IwAR2",
    dpo: "LDU",
  });
  const copy = world.dataset("1")?.ledger.find("Purchase", "923177")?.copies[0];
  expect(copy).toMatchObject({
    channel: "browser",
    eventTime: 1795435140,
    value: 38.36,
    currency: "USD",
    limited: true,
  });
  expect(world.payloads.items()[0]?.payload).toMatchObject({
    custom_data: { contents: [{ id: "7", quantity: 3 }] },
    user_data: { em: HASHED_EMAIL },
  });
});

it("neither keeps nor shows a value that should have been hashed, but notes it", () => {
  const world = hit({ id: "1", ev: "PageView", "ud[em]": "mary@example.com" });
  expect(world.dataset("1")?.notes.toJSON()).toEqual({ unhashed_in_pixel: 1 });
  expect(JSON.stringify(world.payloads.items())).not.toContain("mary");
});

it("takes hostile field names and broken values for what they are", () => {
  const world = hit({
    id: "1",
    ev: "PageView",
    "cd[__proto__]": '{"polluted":true}',
    "cd[contents]": "[{",
    ts: "soon",
  });
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect([...(world.dataset("1")?.ledger.events() ?? [])][0]?.copies[0]?.eventTime).toBe(NOW / 1000);
});

it("counts hits that belong to nobody", () => {
  expect(hit({ id: "2", ev: "PageView" }).counters.unknownPixelHits).toBe(1);
  expect(hit({ id: "1" }).counters.emptyPixelHits).toBe(1);
  expect(hit({}).totals().received).toBe(0);
});
