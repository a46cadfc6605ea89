import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { pixelHit } from "../../extensions/checkout-pixel/src/pixel-hit.ts";
import { fitContents } from "./fit-contents.ts";

const TR = "https://www.facebook.com/tr/";
const line = (id: string) => ({ id, quantity: 12, item_price: 1234.56 });

describe("the browser's copy of an order", () => {
  it("keeps everything of an ordinary order", () => {
    const contents = [line("7000000000001"), line("7000000000002")];
    const content_ids = contents.map(({ id }) => id);
    expect(fitContents({ contents, content_ids }, "923177", {})).toEqual({
      contents,
      contentIds: content_ids,
    });
  });

  it("shortens contents first and says by how much", () => {
    const contents = Array.from({ length: 250 }, (_, index) => line(`70000000000${index % 40}`));
    const content_ids = [...new Set(contents.map(({ id }) => id))];
    const fitted = fitContents({ contents, content_ids }, "923177", {});
    expect(fitted.contentIds).toEqual(content_ids);
    expect(fitted.contents?.length).toBeGreaterThan(0);
    expect(fitted.shortened).toEqual({ contents: 250 - (fitted.contents?.length ?? 0) });
  });

  it("then the product IDs", () => {
    const contents = Array.from({ length: 250 }, (_, index) => line(`SKU-OF-A-HAT-${index}`));
    const fitted = fitContents({ contents, content_ids: contents.map(({ id }) => id) }, "923177", {});
    expect(fitted.contents).toBeUndefined();
    expect(fitted.shortened?.contents).toBe(250);
    expect(fitted.shortened?.contentIds).toBe(250 - (fitted.contentIds?.length ?? 0));
  });
});

it("one hit has at most 2,000 characters and loses nothing more, whatever the order", () => {
  const id = fc.oneof(fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }), fc.nat().map(String));
  const purchase = fc.array(fc.record({ id, quantity: fc.nat(), item_price: fc.double({ noNaN: true }) }), {
    maxLength: 60,
  });
  const traces = fc.record({
    fbp: fc.constant("fb.1.1761288000000.1098115397.AQQCAQMC"),
    fbc: fc.integer({ min: 5, max: 900 }).map((length) => `fb.1.1761288000000.${"I".repeat(length)}`),
    page: fc.integer({ min: 1, max: 1000 }).map((length) => `https://shop.example.com/${"a".repeat(length)}`),
  });
  fc.assert(
    fc.property(purchase, traces, (contents, shared) => {
      const ids = [...new Set(contents.map((each) => each.id))];
      const fitted = fitContents({ contents, content_ids: ids }, "order-61000000000001", shared);
      const { contents: keptContents, contentIds } = fitted;
      const answer = {
        fire: true as const,
        ticket: "t",
        eventId: "order-61000000000001",
        eventTime: 1_761_288_777,
        value: 99_999_999_999.99,
        currency: "USD",
        orderId: "61000000000000000001",
        contentType: "product_group",
        numItems: 999_999,
        datasets: ["12345678901234567890"],
        limit: { country: 1, state: 1013 },
        shared,
        ...(keptContents && { contents: keptContents.map((each) => ({ item_price: 0, ...each })) }),
        ...(contentIds && { contentIds: [...contentIds] }),
      };
      const hit = new URL(pixelHit(TR, "12345678901234567890", answer, {}));
      expect(hit.href.length).toBeLessThanOrEqual(2000);
      expect(hit.searchParams.has("cd[contents]")).toBe(keptContents !== undefined);
      expect(hit.searchParams.has("cd[content_ids]")).toBe(contentIds !== undefined);
      expect(hit.searchParams.has("dl")).toBe(true);
      expect((keptContents?.length ?? 0) + (fitted.shortened?.contents ?? 0)).toBe(contents.length);
      expect((contentIds?.length ?? 0) + (fitted.shortened?.contentIds ?? 0)).toBe(ids.length);
    }),
  );
});
