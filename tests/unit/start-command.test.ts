import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

import { APP_COMMAND } from "#sandbox/start-world.ts";

it("the tests, the drills and the benchmarks start the app as npm start does", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
    scripts: Record<string, string>;
  };
  const command = `NODE_ENV=production node --env-file-if-exists=.env ${APP_COMMAND.join(" ")}`;
  expect(scripts["start"]).toBe(command);
  expect(scripts["worker"]).toBe(`${command} --worker`);
});
