import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

import { faultAnswer, processesFirst } from "../faults/fault-answer.ts";
import { nextTraceId } from "../graph/graph-call.ts";
import { receivePixel } from "../receive/receive-pixel.ts";
import type { SandboxWorld } from "../sandbox-world.ts";
import type { Answer } from "./answer.ts";
import { readFields } from "./read-body.ts";
import { reset, send } from "./send.ts";

const IMAGE: Answer = {
  status: 200,
  headers: {
    "content-type": "image/gif",
    "cache-control": "no-store",
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
  },
  body: Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64"),
};

/** `/tr`: fields from the URL and, for posts, from the body; whatever comes, the answer is a 1x1 image. */
export async function servePixel(
  world: SandboxWorld,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const traceId = nextTraceId();
  const fields = Object.fromEntries(url.searchParams);
  const decision = world.faults.decide({ scope: "tr", dataset: fields.id, now: world.clock.now() });
  const { fault } = decision;
  if (decision.delayMs > 0) await wait(decision.delayMs, undefined, { ref: false });
  if (fault !== undefined && !processesFirst(fault)) {
    answerWith(faultAnswer(fault, undefined, traceId), request, response);
    return;
  }
  if (request.method === "POST") {
    const body = await readFields(request);
    for (const [name, value] of body.ok ? Object.entries(body.fields) : []) {
      if (typeof value === "string") fields[name] = value;
    }
  }
  if (request.method !== "OPTIONS") {
    receivePixel(world, {
      fields,
      userAgent: request.headers["user-agent"],
      ip: request.socket.remoteAddress,
      traceId,
    });
  }
  answerWith(fault === undefined ? IMAGE : faultAnswer(fault, IMAGE, traceId), request, response);
}

function answerWith(
  answer: Answer | "reset" | "silence",
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (answer === "reset") reset(request);
  else if (answer !== "silence") send(response, answer);
}
