import type { ErrorRequestHandler, Express } from "express";

import { answering, newApp } from "../../http/express-server.ts";
import { controlRoutes } from "../control/control-api.ts";
import { servePage } from "../page/serve-page.ts";
import type { SandboxWorld } from "../sandbox-world.ts";
import { serveGraph } from "./serve-graph.ts";
import { servePixel, serveScript } from "./serve-pixel.ts";

/** A bug in the sandbox must show as one, not as an answer of Meta's. */
const reportBug: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`sandbox/meta: ${text}\n`);
  if (!response.headersSent) response.status(599).type("text").send("bug in the sandbox");
};

/** Every address of the sandbox. */
export function metaApp(world: SandboxWorld): Express {
  const app = newApp();
  app.get(
    "/",
    answering((_request, response) => servePage(world, response)),
  );
  app.use("/__control", controlRoutes(world));
  app.all(
    "/tr",
    answering((request, response) => servePixel(world, request, response)),
  );
  app.get(
    "/:locale([a-z]{2}_[A-Z]{2})/fbevents.js",
    answering((request, response) => serveScript(world, request, response)),
  );
  app.use(answering((request, response) => serveGraph(world, request, response)));
  app.use(reportBug);
  return app;
}
