import { expect, it } from "vitest";

import { createWaitingPlaces } from "./waiting-places.ts";

it("gives so many places in all and so many to one key, and each back once", () => {
  const places = createWaitingPlaces({ all: 3, each: 2 });
  const leave = places.take("a");
  expect(places.take("a")).toBeDefined();
  expect(places.take("a")).toBeUndefined();
  expect(places.take("b")).toBeDefined();
  expect(places.take("b")).toBeUndefined();
  leave?.();
  leave?.();
  expect(places.take("b")).toBeDefined();
  expect(places.take("c")).toBeUndefined();
});
