import type { RequestHandler } from "express";

/** Endpoints that other origins call by design; each has its own authentication (docs/security.md). */
const OPEN = /^\/(?:pixel|proxy|webhooks)(?:\/|$)/;
const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses what another site's page posts to the admin's pages. Remix refuses it too, with an answer of 500 and a line in
 * the log for each: here it is what it is, a request of theirs.
 */
export const refuseForeignForms: RequestHandler = (request, response, next) => {
  const { origin, host, "x-forwarded-host": forwarded } = request.headers;
  if (READS.has(request.method) || origin === undefined || OPEN.test(request.path)) return next();
  const own = (Array.isArray(forwarded) ? forwarded[0] : forwarded?.split(",")[0]?.trim()) ?? host;
  if (hostOf(origin) === own) return next();
  response.status(403).type("text/plain").send("Forbidden\n");
};

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
