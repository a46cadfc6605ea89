import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

import { callerAddress } from "./client-address.ts";
import type { Log } from "../process/log.server.ts";
import { drainUnread } from "./drain-unread.server.ts";
import { incomingOf, type IncomingRequest } from "./incoming-request.server.ts";
import { judgeRequestHead } from "./judge-request-head.ts";
import { STRICT_HEADERS } from "./strict-headers.server.ts";

export interface ShortWays {
  readonly shortWays?: Readonly<Record<string, ShortWay>>;
  /** How many proxies stand before us. */
  readonly trustedProxies: number;
  readonly log: Log;
}

/** @param callerAddress as seen behind the trusted proxies; "" where it is no address */
export type ShortWay = (request: IncomingRequest, callerAddress: string) => Promise<Response>;

/**
 * Puts the short ways before the whole app. An answer there has the headers that every answer has, and a short body or
 * none; a head that the app refuses is left to the app, so that it is refused by the same words.
 */
export function withShortWays(
  app: RequestListener,
  { shortWays = {}, trustedProxies, log }: ShortWays,
): RequestListener {
  const ways = new Map(Object.entries(shortWays));
  return (request, response) => {
    const way = request.method === "POST" ? ways.get(request.url ?? "") : undefined;
    if (way === undefined || isRefused(request)) return app(request, response);
    drainUnread(request, response, () => {
      const address = callerAddress(
        request.socket.remoteAddress,
        request.headers["x-forwarded-for"],
        trustedProxies,
      );
      void answer(() => way(incomingOf(request), address), request, response, log);
    });
  };
}

function isRefused({ url = "", rawHeaders, headers }: IncomingMessage): boolean {
  return (
    judgeRequestHead({ url, headers: rawHeaders.length / 2, cookie: headers.cookie ?? "" }) !== undefined
  );
}

async function answer(
  way: () => Promise<Response>,
  request: IncomingMessage,
  response: ServerResponse,
  log: Log,
): Promise<void> {
  try {
    const answered = await way();
    const body = answered.body ? await answered.text() : undefined;
    response.writeHead(answered.status, { ...STRICT_HEADERS, ...Object.fromEntries(answered.headers) });
    response.end(body);
  } catch (error) {
    log.error({ err: error, path: request.url }, "a request failed outside Remix");
    response.writeHead(500, STRICT_HEADERS);
    response.end();
  }
}
