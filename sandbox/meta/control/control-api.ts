/**
 * The sandbox's steering wheel for other processes. JSON in, JSON out; a body that does not fit answers 400.
 *
 *   POST /__control/datasets {id, name?}                      POST /__control/tokens {token?, datasets, …} -> {token}
 *   POST /__control/faults {faults: Fault[]} (replaces all)   POST /__control/faults/add {faults: Fault[]}
 *   POST /__control/clock {nowMs | offsetMs, rate?}           POST /__control/reset {what?: "received" | "everything"}
 *   GET  /__control/state                                     sums per dataset, notes, refusals, counters, faults
 *   GET  /__control/events?dataset=&name=&id=                 one JSON object a line (NDJSON), all that match
 *   GET  /__control/payloads?dataset=&id=                     the last full payloads
 *   GET  /__control/requests                                  the last requests to the Graph API
 *   GET  /__control/view                                      what the page shows
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { z } from "zod";

import type { Answer } from "../http/answer.ts";
import { readFields } from "../http/read-body.ts";
import { send } from "../http/send.ts";
import { describeView } from "../page/describe-view.ts";
import type { SandboxWorld } from "../sandbox-world.ts";
import {
  asClock,
  asDataset,
  asFaults,
  asToken,
  clockRequest,
  datasetRequest,
  faultsRequest,
  resetRequest,
  tokenRequest,
} from "./control-requests.ts";
import { reportEvents, reportState } from "./describe-state.ts";
import type { EventFilter } from "./describe-state.ts";

export async function serveControl(
  world: SandboxWorld,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const name = url.pathname.slice("/__control/".length);
  if (request.method === "GET") {
    if (name === "events") await streamEvents(world, response, url.searchParams);
    else send(response, read(world, name, url.searchParams));
    return;
  }
  // Only a page of our own origin, or no page at all, may steer: a form on another site cannot send JSON unasked.
  if (request.method !== "POST" || !(request.headers["content-type"] ?? "").startsWith("application/json")) {
    send(response, json(415, { error: "POST application/json" }));
    return;
  }
  const body = await readFields(request);
  send(response, body.ok ? write(world, name, body.fields) : json(400, { error: body.reason }));
}

function read(world: SandboxWorld, name: string, query: URLSearchParams): Answer {
  switch (name) {
    case "state":
      return json(200, reportState(world));
    case "view":
      return json(200, describeView(world));
    case "requests":
      return json(200, world.journal.items());
    case "payloads": {
      const { dataset, id } = filterOf(query);
      return json(
        200,
        world.payloads
          .items()
          .filter(
            (item) => (dataset ?? item.dataset) === item.dataset && (id === undefined || id === item.id),
          ),
      );
    }
    default:
      return json(404, { error: "unknown control" });
  }
}

function write(world: SandboxWorld, name: string, body: unknown): Answer {
  switch (name) {
    case "datasets":
      return parsed(datasetRequest, body, (given) => {
        world.addDataset(asDataset(given));
        return { id: given.id };
      });
    case "tokens":
      return parsed(tokenRequest, body, (given) => ({ token: world.tokens.add(asToken(given)).token }));
    case "faults":
      return parsed(faultsRequest, body, (given) => {
        world.faults.set(asFaults(given));
        return { faults: world.faults.list() };
      });
    case "faults/add":
      return parsed(faultsRequest, body, (given) => {
        for (const fault of asFaults(given)) world.faults.add(fault);
        return { faults: world.faults.list() };
      });
    case "clock":
      return parsed(clockRequest, body, (given) => {
        world.clock.bend(asClock(given));
        return { now: world.clock.now() };
      });
    case "reset":
      return parsed(resetRequest, body, (given) => {
        world.reset(given.what ?? "everything");
        return {};
      });
    default:
      return json(404, { error: "unknown control" });
  }
}

function parsed<T>(schema: z.ZodType<T>, body: unknown, act: (given: T) => object): Answer {
  const result = schema.safeParse(body);
  return result.success ? json(200, act(result.data)) : json(400, { error: result.error.issues });
}

function filterOf(query: URLSearchParams): EventFilter {
  const pick = (key: string): Record<string, string> => {
    const value = query.get(key);
    return value === null ? {} : { [key]: value };
  };
  return { ...pick("dataset"), ...pick("name"), ...pick("id") };
}

async function streamEvents(
  world: SandboxWorld,
  response: ServerResponse,
  query: URLSearchParams,
): Promise<void> {
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  try {
    await pipeline(Readable.from(lines(world, filterOf(query))), response);
  } catch (error) {
    // A reader that has seen enough hangs up; anything else is a bug.
    if (!response.destroyed) throw error;
  }
}

/** Many events a chunk: one write per event would cost more than making it. */
function* lines(world: SandboxWorld, filter: EventFilter): Generator<string> {
  let chunk = "";
  for (const event of reportEvents(world, filter)) {
    chunk += `${JSON.stringify(event)}\n`;
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}

function json(status: number, body: unknown): Answer {
  return {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
    body: JSON.stringify(body),
  };
}
