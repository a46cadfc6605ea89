import { describe, expect, it } from "vitest";

import { copiesOf, declaredEvent } from "./copies-of.ts";

describe("copies of an event", () => {
  it.each([
    ["nothing stored", {}, "AddToCart", "both"],
    ["nothing stored", {}, "Search", "off"],
    ["a stored choice", { AddToCart: "browser" }, "AddToCart", "browser"],
    ["a stored choice", { Search: "both" }, "Search", "both"],
    ["another event's choice", { Search: "both" }, "ViewContent", "both"],
    ["a choice that the event does not offer", { PageView: "both" }, "PageView", "browser"],
    ["a Purchase, which has no choice", { Purchase: "off" }, "Purchase", "both"],
    ["a value of another kind", { AddToCart: 1 }, "AddToCart", "both"],
    ["no object", null, "ViewContent", "both"],
    ["a list", [], "ViewContent", "both"],
    ["a name of every object's", Object.create({ AddToCart: "off" }), "AddToCart", "both"],
  ] as const)("%s: %j, %s is %s", (_, stored, name, expected) => {
    expect(copiesOf(stored, name)).toBe(expected);
  });

  it("knows the declared events alone", () => {
    expect(declaredEvent("AddToCart")?.shopifyEvent).toBe("product_added_to_cart");
    expect(declaredEvent("toString")).toBeUndefined();
    expect(declaredEvent("addtocart")).toBeUndefined();
  });
});
