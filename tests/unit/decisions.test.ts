import { readFileSync } from "node:fs";

import { format } from "prettier";
import { expect, it } from "vitest";

import { decisionsPage } from "../../scripts/list-decisions.ts";

it("docs/decisions/README.md names every decision", async () => {
  const options = { parser: "markdown", printWidth: 125 };
  expect(await format(readFileSync("docs/decisions/README.md", "utf8"), options)).toBe(
    await format(decisionsPage(), options),
  );
});
