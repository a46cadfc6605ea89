import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

import { faultAnswer, processesFirst } from "../faults/fault-answer.ts";
import { nextTraceId } from "../graph/graph-call.ts";
import type { Answer } from "../http/answer.ts";
import { reset, send } from "../http/send.ts";
import type { SandboxWorld } from "../sandbox-world.ts";

let compiled: string | undefined;

/** A browser script of the sandbox and what it imports, as one piece of plain JavaScript. */
export function compileScript(file: URL): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(file)],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
  });
  return outputFiles[0]?.text ?? "";
}

/** The stand-in for fbevents.js; compiled once, on the first request. */
export function fbeventsScript(): string {
  compiled ??= compileScript(new URL("./fbevents.ts", import.meta.url));
  return compiled;
}

/** `GET /en_US/fbevents.js`, open to the faults of scope "fbevents". */
export async function serveScript(
  world: SandboxWorld,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  world.counters.scriptLoads++;
  const decision = world.faults.decide({ scope: "fbevents", dataset: undefined, now: world.clock.now() });
  if (decision.delayMs > 0) await wait(decision.delayMs, undefined, { ref: false });
  const honest: Answer = {
    status: 200,
    headers: {
      "content-type": "application/x-javascript; charset=utf-8",
      "cache-control": "no-store",
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
    },
    body: fbeventsScript(),
  };
  const { fault } = decision;
  const answer =
    fault === undefined
      ? honest
      : faultAnswer(fault, processesFirst(fault) ? honest : undefined, nextTraceId());
  if (answer === "reset") reset(request);
  else if (answer !== "silence") send(response, answer);
}
