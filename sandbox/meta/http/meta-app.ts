import type { ErrorRequestHandler, Express, RequestHandler } from "express";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { answering, newApp, urlOf } from "../../http/express-server.ts";
import { controlRoutes } from "../control/control-api.ts";
import { describeView } from "../control/describe-state.ts";
import type { SandboxWorld } from "../sandbox-world.ts";
import { serveGraph } from "./serve-graph.ts";
import { browserScript } from "../../http/browser-script.ts";
import { nextTraceId } from "../graph/graph-call.ts";
import { receivePixel } from "../receive/receive-pixel.ts";
import { answerUnderFaults } from "../faults/fault-answer.ts";
import { send, type Answer } from "./answer.ts";
import { renderPage } from "../../http/render-page.ts";

/** A bug in the sandbox must show as one, not as an answer of Meta's. */
const reportBug: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`sandbox/meta: ${text}\n`);
  if (!response.headersSent) response.status(599).type("text").send("bug in the sandbox");
};

/** Every address of the sandbox. */
export function metaApp(world: SandboxWorld): Express {
  const app = newApp();
  app.get("/", servePage(world));
  app.use("/__control", controlRoutes(world));
  app.all("/tr", servePixel(world));
  app.get("/:locale([a-z]{2}_[A-Z]{2})/fbevents.js", serveScript(world));
  app.use(answering((request, response) => serveGraph(world, request, response)));
  app.use(reportBug);
  return app;
}

const OPEN_TO_ALL = {
  "cache-control": "no-store",
  "access-control-allow-origin": "*",
  "cross-origin-resource-policy": "cross-origin",
};
const IMAGE: Answer = {
  status: 200,
  headers: { "content-type": "image/gif", ...OPEN_TO_ALL },
  body: Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64"),
};

/** `/tr`: fields from the URL and, for posts, from the body; whatever comes, the answer is a 1x1 image. */
const servePixel = (world: SandboxWorld): RequestHandler =>
  answering(async (request, response) => {
    const traceId = nextTraceId();
    const fields = Object.fromEntries(urlOf(request).searchParams);
    const decision = world.faults.decide({ scope: "tr", dataset: fields.id, now: world.clock.now() });
    const answer = await answerUnderFaults(request, response, decision, traceId, (body) => () => {
      for (const [name, value] of body.ok ? Object.entries(body.fields) : []) {
        if (typeof value === "string") fields[name] = value;
      }
      const { ip, method } = request;
      const userAgent = request.get("user-agent");
      if (method !== "OPTIONS") receivePixel(world, { fields, userAgent, ip, traceId });
      return IMAGE;
    });
    send(request, response, answer);
  });

/** The stand-in for fbevents.js. */
export const fbeventsScript = (): string => browserScript(new URL("../browser/fbevents.ts", import.meta.url));

/** `GET /en_US/fbevents.js`, open to the faults of scope "fbevents". */
const serveScript = (world: SandboxWorld): RequestHandler =>
  answering(async (request, response) => {
    world.counters.scriptLoads++;
    const decision = world.faults.decide({ scope: "fbevents", dataset: undefined, now: world.clock.now() });
    const headers = { "content-type": "application/x-javascript; charset=utf-8", ...OPEN_TO_ALL };
    const honest = (): Answer => ({ status: 200, headers, body: fbeventsScript() });
    send(
      request,
      response,
      await answerUnderFaults(request, response, decision, nextTraceId(), () => honest),
    );
  });

/** The page that shows what was received: one document with style and script inlined. */
const servePage = (world: SandboxWorld): RequestHandler =>
  answering(async (_request, response) => {
    const script = browserScript(new URL("../page/keep-fresh.ts", import.meta.url));
    const style = readFileSync(new URL("../page/received-page.css", import.meta.url), "utf8");
    const hash = createHash("sha256").update(script).digest("base64");
    response.set({
      "cache-control": "no-store",
      // Only this very script may run, so that nothing received could, whatever a copy contains.
      "content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'`,
    });
    response.send(await renderPage("received-page", { ...describeView(world), script, style }));
  });
