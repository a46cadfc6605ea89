import { expect, test } from "vitest";
import { freePort } from "./free-port.ts";

test("a port that was given and is not yet listened on is not given again", async () => {
  const given: number[] = [];
  for (let n = 0; n < 150; n += 1) given.push(await freePort());

  expect(new Set(given).size).toBe(150);
});
