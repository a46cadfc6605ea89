import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

import type { Log } from "../process/log.server.ts";
import { drainUnread } from "./drain-unread.server.ts";
import { incomingOf, type IncomingRequest } from "./incoming-request.server.ts";
import { judgeRequestHead } from "./judge-request-head.ts";
import { STRICT_HEADERS } from "./strict-headers.server.ts";

export interface ShortWays {
  readonly shortWays?: Readonly<Record<string, (request: IncomingRequest) => Promise<Response>>>;
  readonly log: Log;
}

/**
 * Puts the short ways before the whole app. An answer there has the headers that every answer has, and is a status
 * without a body; a head that the app refuses is left to the app, so that it is refused by the same words.
 */
export function withShortWays(app: RequestListener, { shortWays = {}, log }: ShortWays): RequestListener {
  const ways = new Map(Object.entries(shortWays));
  return (request, response) => {
    const way = request.method === "POST" ? ways.get(request.url ?? "") : undefined;
    if (way === undefined || isRefused(request)) return app(request, response);
    drainUnread(request, response, () => void answer(way, request, response, log));
  };
}

function isRefused({ url = "", rawHeaders, headers }: IncomingMessage): boolean {
  return (
    judgeRequestHead({ url, headers: rawHeaders.length / 2, cookie: headers.cookie ?? "" }) !== undefined
  );
}

async function answer(
  way: (request: IncomingRequest) => Promise<Response>,
  request: IncomingMessage,
  response: ServerResponse,
  log: Log,
): Promise<void> {
  try {
    const { status, headers } = await way(incomingOf(request));
    response.writeHead(status, { ...STRICT_HEADERS, ...Object.fromEntries(headers) });
  } catch (error) {
    log.error({ err: error, path: request.url }, "a request failed outside Remix");
    response.writeHead(500, STRICT_HEADERS);
  }
  response.end();
}
