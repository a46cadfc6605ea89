import type { RequestListener } from "node:http";

import { serveRequest } from "../process/request-context.server.ts";
import { requestIdOf } from "./request-id.ts";

export const REQUEST_ID_HEADER = "x-request-id";

/**
 * Gives every request an ID before anything else looks at it: the answer has it in `x-request-id`, and so has each log
 * line that is written until the answer is sent (docs/decisions/0849).
 */
export function withRequestIds(listener: RequestListener, trustedProxies: number): RequestListener {
  return (request, response) => {
    const requestId = requestIdOf(request.headers[REQUEST_ID_HEADER], trustedProxies);
    response.setHeader(REQUEST_ID_HEADER, requestId);
    serveRequest({ requestId }, (answered) => {
      response.once("finish", answered);
      listener(request, response);
    });
  };
}
