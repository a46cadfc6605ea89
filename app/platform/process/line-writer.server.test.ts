import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";

import { expect, it } from "vitest";

const LOG = new URL("./log.server.ts", import.meta.url).href;

/** A process that logs as the app does, begins when it is told to, and ends itself right after its last line. */
function startLogging(program: string) {
  const child = spawn(
    process.execPath,
    [
      ...["--input-type=module", "--eval"],
      `const { createLog } = await import(${JSON.stringify(LOG)});
       const log = createLog("info");
       process.send("ready");
       await new Promise((resolve) => process.once("message", resolve));
       ${program}
       process.exit(0);`,
    ],
    { stdio: ["ignore", "pipe", "inherit", "ipc"] },
  );
  return { child, ready: once(child, "message"), ended: once(child, "exit") };
}

it("ends although nobody reads its lines any more: pino's own writer would try for ever", async () => {
  const { child, ready, ended } = startLogging(
    `log.info("stopping");
     log.info("stopped");`,
  );
  await ready;
  child.stdout?.destroy();
  child.send("go");
  const stuck = setTimeout(() => child.kill("SIGKILL"), 20_000);
  expect(await ended).toEqual([0, null]);
  clearTimeout(stuck);
});

it("loses no line and keeps their order when the process ends right after the last one", async () => {
  const { child, ready, ended } = startLogging(
    `for (let number = 0; number < 2_000; number += 1) log.info({ number, padding: "x".repeat(200) }, "line");`,
  );
  let said = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (said += text));
  await ready;
  child.send("go");
  await ended;
  await expect.poll(() => said.endsWith("\n")).toBe(true);
  const numbers = said
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { number: number }).number);
  expect(numbers).toEqual(Array.from({ length: 2_000 }, (_, number) => number));
});
