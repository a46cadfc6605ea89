import { expect, it } from "vitest";

import { countryName } from "./country-name.ts";

it.each([
  ["GB", "United Kingdom"],
  ["de", "Germany"],
  ["AD", "Andorra"],
  ["ZW", "Zimbabwe"],
  ["CI", "Côte d’Ivoire"],
  ["XK", "Kosovo"],
  ["ZZ", "ZZ"],
  ["", ""],
])("%s", (code, name) => {
  expect(countryName(code)).toBe(name);
});
