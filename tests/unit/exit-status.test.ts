import { spawnSync } from "node:child_process";
import process from "node:process";

import { expect, it } from "vitest";

it.each([0, 3])(
  "a run that has loaded the database server's package ends with its own status: %d",
  (status) => {
    const program = `await import("./tests/setup/start-postgres.ts"); process.exitCode = ${status};`;
    const ended = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
    expect([ended.status, ended.stderr]).toEqual([status, ""]);
  },
);
