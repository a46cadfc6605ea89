import type { IncomingMessage, ServerResponse } from "node:http";

import { serveScript } from "../browser/serve-script.ts";
import { serveControl } from "../control/control-api.ts";
import { servePage } from "../page/serve-page.ts";
import type { SandboxWorld } from "../sandbox-world.ts";
import { send } from "./send.ts";
import { serveGraph } from "./serve-graph.ts";
import { servePixel } from "./serve-pixel.ts";

/** Every request of the sandbox. A bug in the sandbox must show as one, not as an answer of Meta's. */
export async function route(
  world: SandboxWorld,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const url = new URL(request.url ?? "/", "http://sandbox.invalid");
    const { pathname } = url;
    if (pathname === "/" && request.method === "GET") servePage(response);
    else if (pathname.startsWith("/__control/")) await serveControl(world, request, response, url);
    else if (pathname === "/tr" || pathname === "/tr/") await servePixel(world, request, response, url);
    else if (/^\/[a-z]{2}_[A-Z]{2}\/fbevents\.js$/.test(pathname))
      await serveScript(world, request, response);
    else await serveGraph(world, request, response, url);
  } catch (error) {
    process.stderr.write(
      `sandbox/meta: ${error instanceof Error ? (error.stack ?? error.message) : "unknown error"}\n`,
    );
    send(response, { status: 599, headers: { "content-type": "text/plain" }, body: "bug in the sandbox" });
  }
}
