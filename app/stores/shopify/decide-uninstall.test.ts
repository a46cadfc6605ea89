import { describe, expect, it } from "vitest";

import { decideUninstall } from "./decide-uninstall.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const NOW = Date.parse("2026-11-26T12:00:00Z");

describe("a reported uninstall", () => {
  it.each([
    ["Shopify refuses the token", { answer: "gone" }, "uninstall"],
    ["there is no token to ask with", { answer: "no_token" }, "uninstall"],
    ["still installed, just reported", { answer: "installed" }, "ask_again"],
    ["still installed, 9 minutes later", { answer: "installed", reportedAt: NOW - 9 * MINUTE }, "ask_again"],
    ["still installed, 10 minutes later", { answer: "installed", reportedAt: NOW - 10 * MINUTE }, "drop"],
    [
      "installed, and signed in after the uninstall",
      { answer: "installed", triggeredAt: NOW - 2 * MINUTE, signedInAt: NOW - MINUTE },
      "drop",
    ],
    [
      "installed, and signed in before the uninstall",
      { answer: "installed", triggeredAt: NOW - MINUTE, signedInAt: NOW - 2 * MINUTE },
      "ask_again",
    ],
    [
      "gone, whatever the unsigned header says of the time",
      { answer: "gone", triggeredAt: NOW - 2 * MINUTE, signedInAt: NOW - MINUTE },
      "uninstall",
    ],
    ["Shopify does not answer", { answer: "unknown" }, "ask_again"],
    ["Shopify has not answered for 6 days", { answer: "unknown", reportedAt: NOW - 6 * DAY }, "ask_again"],
    ["Shopify has not answered for 7 days", { answer: "unknown", reportedAt: NOW - 7 * DAY }, "uninstall"],
  ] as const)("%s: %o → %s", (_name, input, decision) => {
    expect(
      decideUninstall({
        now: NOW,
        reportedAt: NOW,
        triggeredAt: undefined,
        signedInAt: undefined,
        ...input,
      }),
    ).toBe(decision);
  });
});
