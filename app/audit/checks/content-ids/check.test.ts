import { expect, it } from "vitest";

import { healthyFacts, withStore, NOW } from "#tests/setup/healthy-facts.ts";

import { contentIds } from "./check.ts";

const withChannel = (contentId: string, isCredible = true) => {
  const facts = withStore(healthyFacts(), { contentId });
  return {
    ...facts,
    storefront: facts.storefront && {
      ...facts.storefront,
      sightings: [
        {
          kind: "app_pixel" as const,
          pixelId: "7",
          sender: "channel",
          sharing: null,
          firstSeen: NOW - 9 * 86_400_000,
          lastSeen: NOW,
          hours: 40,
          isCredible,
          isGone: false,
        },
      ],
    },
  };
};

it("fails for variant IDs beside the channel's catalogue", () => {
  expect(contentIds.judge(withChannel("variant"), false)).toMatchObject({
    kind: "fails",
    certainty: "likely",
  });
});

it("holds for product IDs, and does not apply without the channel", () => {
  expect(contentIds.judge(withChannel("product"), false).kind).toBe("holds");
  expect(contentIds.judge(withChannel("variant", false), false).kind).toBe("not_applicable");
  expect(contentIds.judge(healthyFacts(), false).kind).toBe("not_applicable");
});
