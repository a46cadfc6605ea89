import { describe, expect, it } from "vitest";

import { parseHeartbeat } from "../record-heartbeat.server.ts";
import { reportedSenders } from "./reported-senders.ts";

const reported = (seen: unknown) => {
  const beat = parseHeartbeat({ v: 2, version: "1.3.0", theme: 1, seen });
  return reportedSenders(beat?.seen ?? {});
};
const none = { pixelId: "", sharing: "" };

describe("what a report says of senders", () => {
  it("is the channel by its number, other apps, custom pixels, our own, the server side and the page's Pixels", () => {
    const { told, named } = reported({
      list: [
        { app: "2329312", ids: ["111"], sharing: "optimized" },
        { app: "3325251", ids: ["111", "222"] },
        { app: "tandem", ids: [], sharing: "unrestricted" },
        { custom: "[V] Wetracked", ids: [] },
      ],
      capi: true,
      page: [{ id: "333", by: "theme" }],
    });
    expect([...told]).toEqual(["list", "server", "page"]);
    expect(named).toEqual([
      { kind: "app_pixel", sender: "channel", ...none, pixelId: "111" },
      { kind: "app_pixel", sender: "3325251", ...none, pixelId: "111" },
      { kind: "app_pixel", sender: "3325251", ...none, pixelId: "222" },
      { kind: "own_pixel", sender: "tandem", ...none, sharing: "unrestricted" },
      { kind: "custom_pixel", sender: "[V] Wetracked", ...none },
      { kind: "server_side", sender: "channel", ...none },
      { kind: "page_pixel", sender: "theme", ...none, pixelId: "333" },
    ]);
  });

  it("keeps a channel whose dataset cannot be read, and an app of no dataset not", () => {
    const { named } = reported({
      list: [
        { app: "2329312", ids: [] },
        { app: "5", ids: [] },
      ],
    });
    expect(named).toEqual([{ kind: "app_pixel", sender: "channel", ...none }]);
  });

  it("names nobody where the server side is off, and says that it could read it", () => {
    expect(reported({ capi: false })).toEqual({ told: new Set(["server"]), named: [] });
  });

  it.each([
    ["nothing", undefined],
    ["another kind", "seen"],
    ["parts of another kind", { list: {}, capi: "yes", page: "none" }],
    ["an entry of another kind", { list: [{ app: 5, ids: [] }] }],
    ["more entries than a page has", { list: Array.from({ length: 200 }, () => ({ app: "1", ids: [] })) }],
    ["IDs that are none", { list: [{ app: "1", ids: ["x"] }], page: [{ id: "-1", by: "theme" }] }],
  ])("is nothing where it is %s; the heartbeat counts all the same", (_name, seen) => {
    expect(parseHeartbeat({ v: 2, version: "1.3.0", seen })).toBeDefined();
    expect(reported(seen)).toEqual({ told: new Set(), named: [] });
  });

  it("makes a custom pixel's name one line that can be stored", () => {
    const { named } = reported({ list: [{ custom: "a\u0000b\n\u202ec\ud800" + "x".repeat(60), ids: [] }] });
    expect(named[0]?.sender).toBe(`a b  c\ufffd${"x".repeat(33)}`);
  });

  it("reads an embed of before, which says nothing of it", () => {
    expect(
      parseHeartbeat({ v: 1, version: "1.2.0", theme: 1, pixels: ["1"], senders: ["gtm"] }),
    ).toMatchObject({
      pixels: ["1"],
      senders: ["gtm"],
    });
  });
});
