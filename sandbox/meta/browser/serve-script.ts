import type { IncomingMessage, ServerResponse } from "node:http";
import type { SandboxWorld } from "../sandbox-world.ts";
export async function serveScript(
  world: SandboxWorld,
  _request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  world.counters.scriptLoads++;
  await Promise.resolve();
  response.end("");
}
