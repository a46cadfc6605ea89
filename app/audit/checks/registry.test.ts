import { globSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { ENGLISH } from "#app/texts/catalogue.ts";
import { healthyFacts } from "#tests/setup/healthy-facts.ts";

import type { AuditFacts } from "../facts/audit-facts.ts";
import { CHECKS } from "./registry.ts";

const codes = CHECKS.map(({ code }) => code);

it("has every check once, each with its texts, its folder and its test", () => {
  expect(new Set(codes).size).toBe(codes.length);
  expect(Object.keys(ENGLISH.checks).sort()).toEqual(codes.toSorted());
  const folders = globSync("app/audit/checks/*/check.ts").map((file) => file.split("/").at(-2));
  const tested = globSync("app/audit/checks/*/check.test.ts").map((file) => file.split("/").at(-2));
  const named = codes.map((code) => code.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)).sort();
  expect(folders.sort()).toEqual(named);
  expect(tested.sort()).toEqual(named);
});

const failing = (facts: AuditFacts, isOpen: boolean) =>
  CHECKS.filter((check) => check.judge(facts, isOpen).kind === "fails").map(({ code }) => code);

describe.each([
  ["small", 3],
  ["medium", 40],
  ["large", 4_000],
])("a healthy %s store", (_size, ordersPerDay) => {
  it("raises nothing, and leaves nothing open", () => {
    expect(failing(healthyFacts(ordersPerDay), false)).toEqual([]);
    expect(failing(healthyFacts(ordersPerDay), true)).toEqual([]);
  });
});

it("says nothing of a store that has just been installed, and never that all is well", () => {
  const facts: AuditFacts = {
    ...healthyFacts(1),
    datasets: [],
    days: [],
    funnel: [],
    orders: { list: [], isAll: true, from: null },
    storefront: null,
    shopify: null,
  };
  expect(failing(facts, false)).toEqual([]);
});

it("answers for files alone, of which the other checks know nothing", () => {
  const facts: AuditFacts = {
    ...healthyFacts(),
    store: null,
    datasets: [],
    sharedDatasets: null,
    storefront: null,
    strayReports: null,
    funnel: null,
    shopify: null,
    received: null,
  };
  expect(failing(facts, false)).toEqual([]);
  const answered = CHECKS.filter(({ fromFiles }) => fromFiles).map((check) => check.judge(facts, false).kind);
  expect(answered.every((kind) => kind === "holds")).toBe(true);
});
