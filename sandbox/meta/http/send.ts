import type { IncomingMessage, ServerResponse } from "node:http";

import type { Answer } from "./answer.ts";

export function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) });
  response.end(answer.body);
}

/** Cuts the connection as a dying peer would: the caller sees ECONNRESET. */
export function reset(request: IncomingMessage): void {
  request.socket.resetAndDestroy();
}
