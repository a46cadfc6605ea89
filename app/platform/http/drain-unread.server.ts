import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Reads away what is left of a body that was answered before its end (too large, not signed). Otherwise a connection that
 * is kept alive stands still at the next request on it, and whoever shares it through a proxy waits. How long a client
 * may take for it is the server's request timeout.
 */
export function drainUnread(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  response.once("finish", () => {
    if (request.complete || request.destroyed) return;
    request.removeAllListeners("data");
    request.resume();
  });
  next();
}
