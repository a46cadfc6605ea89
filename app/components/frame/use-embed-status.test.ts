import { expect, it } from "vitest";

import { readStatus } from "./use-embed-status.ts";

const embed = (...activations: unknown[]) => ({ type: "theme_app_extension", activations });

it.each([
  ["a theme with the embed on", [embed({ status: "active" })], "active"],
  ["one beside a theme without", [embed({ status: "available" }, { status: "active" })], "active"],
  ["themes with the embed off", [embed({ status: "available" })], "available"],
  [
    "an extension of another type",
    [{ type: "ui_extension", activations: [{ status: "active" }] }],
    "unknown",
  ],
  ["no extension", [], "unknown"],
  ["nothing at all", undefined, "unknown"],
  ["members that are none, beside one", [null, 5, embed(null, { status: "active" })], "active"],
  ["activations that are none", [{ type: "theme_app_extension", activations: "active" }], "unknown"],
])("reads the admin's answer: %s", (_what, answer, expected) => {
  expect(readStatus(answer)).toBe(expected);
});
