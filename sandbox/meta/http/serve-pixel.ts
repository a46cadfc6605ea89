import type { Request, Response } from "express";

import { browserScript } from "../../http/browser-script.ts";
import { urlOf } from "../../http/express-server.ts";
import { nextTraceId } from "../graph/graph-call.ts";
import { receivePixel } from "../receive/receive-pixel.ts";
import type { SandboxWorld } from "../sandbox-world.ts";
import { answerUnderFaults } from "./answer-under-faults.ts";
import { send, type Answer } from "./answer.ts";

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
export async function servePixel(world: SandboxWorld, request: Request, response: Response): Promise<void> {
  const traceId = nextTraceId();
  const fields = Object.fromEntries(urlOf(request).searchParams);
  const decision = world.faults.decide({ scope: "tr", dataset: fields.id, now: world.clock.now() });
  const answer = await answerUnderFaults(request, response, decision, traceId, (body) => () => {
    for (const [name, value] of body.ok ? Object.entries(body.fields) : []) {
      if (typeof value === "string") fields[name] = value;
    }
    const { ip } = request;
    if (request.method !== "OPTIONS") {
      receivePixel(world, { fields, userAgent: request.get("user-agent"), ip, traceId });
    }
    return IMAGE;
  });
  send(request, response, answer);
}

/** The stand-in for fbevents.js. */
export const fbeventsScript = (): string => browserScript(new URL("../browser/fbevents.ts", import.meta.url));

/** `GET /en_US/fbevents.js`, open to the faults of scope "fbevents". */
export async function serveScript(world: SandboxWorld, request: Request, response: Response): Promise<void> {
  world.counters.scriptLoads++;
  const decision = world.faults.decide({ scope: "fbevents", dataset: undefined, now: world.clock.now() });
  const headers = { "content-type": "application/x-javascript; charset=utf-8", ...OPEN_TO_ALL };
  const answer = await answerUnderFaults(request, response, decision, nextTraceId(), () => () => ({
    status: 200,
    headers,
    body: fbeventsScript(),
  }));
  send(request, response, answer);
}
