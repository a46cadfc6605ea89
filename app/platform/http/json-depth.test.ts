import { expect, it } from "vitest";

import { jsonDepth } from "./json-depth.ts";

it.each([
  ["1", 0],
  ["{}", 1],
  ['{"a":[{"b":1}],"c":{}}', 3],
  ['{"a":"[[[[{{{"}', 1],
  [String.raw`{"a":"\"[[","b":[1]}`, 2],
  [String.raw`{"a":"\\","b":[[1]]}`, 3],
  ["[".repeat(5_000), 5_000],
])("%.40j is so deep: %i", (text, depth) => {
  expect(jsonDepth(text)).toBe(depth);
});
