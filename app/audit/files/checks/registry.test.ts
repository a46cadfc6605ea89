import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

import { ENGLISH } from "#app/texts/catalogue.ts";

import { FILE_CHECKS } from "./registry.ts";

it("has every check of files once, with its texts", () => {
  const codes = FILE_CHECKS.map(({ code }) => code);
  expect(codes.toSorted()).toEqual(Object.keys(ENGLISH.files.checks).sort());
});

it("is what docs/audit-from-files.md says, threshold by threshold", () => {
  const rows = readFileSync("docs/audit-from-files.md", "utf8").matchAll(/^\| `(\w+)` +\| (.*?) +\|$/gm);
  expect([...rows].map(([, code, threshold]) => [code, threshold])).toEqual(
    FILE_CHECKS.map(({ code, threshold }) => [
      code,
      code === "totalsDiffer" ? `of a file of sums: ${threshold}` : threshold,
    ]),
  );
});
