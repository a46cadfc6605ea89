import type { RequestHandler } from "express";

/**
 * Reads away what is left of a body that was answered before its end (too large, not signed). Otherwise a connection that
 * is kept alive stands still at the next request on it, and whoever shares it through a proxy waits. How long a client
 * may take for it is the server's request timeout.
 */
export const drainUnread: RequestHandler = (request, response, next) => {
  response.once("finish", () => {
    if (request.complete || request.destroyed) return;
    request.removeAllListeners("data");
    request.resume();
  });
  next();
};
