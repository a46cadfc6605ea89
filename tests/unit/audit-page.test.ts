import { readFileSync } from "node:fs";

import { format } from "prettier";
import { expect, it } from "vitest";

import { auditPage } from "../../scripts/list-checks.ts";

it("docs/audit.md is what the registry says", async () => {
  const options = { parser: "markdown", printWidth: 125 };
  expect(await format(readFileSync("docs/audit.md", "utf8"), options)).toBe(
    await format(auditPage(), options),
  );
});
