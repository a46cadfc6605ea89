import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EXCLUSION_TRAITS, findExclusion, isCounted, ruleName, seenTraits } from "./exclusion-rules.ts";
import type { ExclusionRule, ExclusionTrait } from "../model.ts";

const ORDER = {
  sourceName: "3041525761",
  appId: "3041525761",
  tags: ["Ankorstore", "Net 30", "Gift  Wrap"],
  gateways: ["Ankorstore Pay", "gift_card"],
};

describe("a rule leaves an order out", () => {
  test.each<readonly [ExclusionTrait, string, boolean]>([
    ["tag", "ankorstore", true],
    ["tag", " ANKORSTORE ", true],
    ["tag", "gift wrap", true],
    ["tag", "ankor", false],
    ["tag", "Ankorstore Pay", false],
    ["gateway", "ankorstore pay", true],
    ["gateway", "GIFT_CARD", true],
    ["gateway", "ankorstore", false],
    ["source", "3041525761", true],
    ["source", "web", false],
    ["app", "3041525761", true],
    ["app", "gid://shopify/App/3041525761", true],
    ["app", "304152576", false],
  ])("%s %j: %s", (by, value, isOut) => {
    expect(findExclusion(ORDER, [{ by, value }])).toStrictEqual(isOut ? { by, value } : undefined);
  });

  test("by a source's name, by an app's name, and by the ID that stands in the source", () => {
    const order = { sourceName: " POS ", appId: "129785", tags: [], gateways: [] };
    for (const rule of [
      { by: "source", value: "pos" },
      { by: "app", value: "Point of Sale" },
      { by: "app", value: "129785" },
    ] satisfies ExclusionRule[])
      expect(findExclusion(order, [rule])).toBe(rule);
    const { appId: _app, ...bySource } = ORDER;
    expect(findExclusion(bySource, [{ by: "app", value: "3041525761" }])).toBeDefined();
  });

  test("any one of a list is enough, and the first is named", () => {
    const rules: ExclusionRule[] = [
      { by: "tag", value: "nobody" },
      { by: "gateway", value: "Gift_Card" },
      { by: "tag", value: "ankorstore" },
    ];
    const found = findExclusion(ORDER, rules);
    expect(found && ruleName(found)).toBe("gateway: Gift_Card");
    expect(findExclusion(ORDER, [])).toBeUndefined();
    expect(findExclusion({ tags: [], gateways: [] }, [{ by: "source", value: "" }])).toBeUndefined();
  });
});

describe("what is counted of an order", () => {
  test("each trait once, as rules compare it", () => {
    expect(seenTraits({ ...ORDER, tags: ["VIP", "vip ", "Net 30"] })).toStrictEqual([
      { by: "source", value: "3041525761" },
      { by: "app", value: "3041525761" },
      { by: "tag", value: "vip" },
      { by: "tag", value: "net 30" },
      { by: "gateway", value: "ankorstore pay" },
      { by: "gateway", value: "gift_card" },
    ]);
  });

  test.each(["ada@example.com", "+44 20 7946 0958", "order-1042917", "2026-11-26", "x".repeat(101), " "])(
    "not the tag %j, which could speak of a person or of one order",
    (tag) => {
      expect(seenTraits({ tags: [tag], gateways: [] })).toStrictEqual([]);
      expect(isCounted({ by: "tag", value: tag.trim() })).toBe(false);
    },
  );

  test("at most 25 tags", () => {
    const tags = Array.from({ length: 60 }, (_, each) => `tag ${each}`);
    expect(seenTraits({ tags, gateways: [] })).toHaveLength(25);
  });

  test("whatever is counted can be left out by a rule of the same words", () => {
    const text = fc.string({ unit: "binary", maxLength: 40 });
    const order = fc.record({
      sourceName: text,
      appId: fc.constantFrom("580111", "77"),
      tags: fc.array(text, { maxLength: 5 }),
      gateways: fc.array(text, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(order, (facts) => {
        for (const rule of seenTraits(facts)) {
          expect(EXCLUSION_TRAITS).toContain(rule.by);
          expect(findExclusion(facts, [rule])).toBe(rule);
        }
      }),
    );
  });

  test("the order of tags and gateways, and their case, change nothing", () => {
    fc.assert(
      fc.property(
        fc.subarray(["a", "B", "c d"]),
        fc.subarray(["x", "Y"]),
        fc.constantFrom("a", "b", "y"),
        (tags, gateways, value) => {
          for (const by of EXCLUSION_TRAITS) {
            const one = findExclusion({ tags, gateways }, [{ by, value }]);
            const other = findExclusion(
              {
                tags: tags.toReversed().map((tag) => ` ${tag.toUpperCase()}`),
                gateways: gateways.toReversed(),
              },
              [{ by, value: value.toUpperCase() }],
            );
            expect(one === undefined).toBe(other === undefined);
          }
        },
      ),
    );
  });
});
