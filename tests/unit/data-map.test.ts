import { describe, expect, it } from "vitest";

import { readDataMap, readSchema, sorted } from "#tests/security/data-map.ts";

describe("docs/data-map.md", () => {
  it("lists every column of the schema, once, and nothing else", () => {
    expect(sorted(readDataMap().columns)).toEqual(sorted(readSchema()));
  });

  it("says of each why, how long and who", () => {
    expect(readDataMap().incomplete).toEqual([]);
  });

  it("reads the schema: a relation is no column, a renamed column has its name on disk", () => {
    const { dataset = [] } = readSchema();
    expect(dataset).toContain("sealed_token");
    expect(dataset).not.toContain("deliveries");
  });
});
