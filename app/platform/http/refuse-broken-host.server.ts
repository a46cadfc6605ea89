import type { RequestHandler } from "express";

/**
 * The admin names itself in `host`, base64. Shopify's library decodes it without a guard, so what is no base64 would be
 * an error of ours (500, and lines in the log) instead of the caller's.
 */
export const refuseBrokenHost: RequestHandler = (request, response, next) => {
  const query = request.url.split("?")[1];
  const hosts = query === undefined ? [] : new URLSearchParams(query).getAll("host");
  if (hosts.every(isBase64)) return next();
  response.status(400).type("text/plain").send("Bad request\n");
};

function isBase64(text: string): boolean {
  try {
    atob(text);
    return true;
  } catch {
    return false;
  }
}
