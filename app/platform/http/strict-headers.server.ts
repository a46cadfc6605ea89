import type { RequestHandler } from "express";

/** For what is not a page: nothing in it may load, run or be framed. */
const NOTHING = "default-src 'none'; frame-ancestors 'none'";
/** For a page that nobody gave a policy: without scripts and not in a frame. */
const UNFRAMED =
  "script-src 'none'; frame-ancestors 'none'; base-uri 'self'; object-src 'none'; form-action 'self'";

/**
 * Headers of every answer, whoever makes it: pages, assets, errors. What an answer says itself stays. Set at the last
 * moment, because only then is it known what the answer is.
 */
export const strictHeaders: RequestHandler = (_request, response, next) => {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => typeof response;
  response.writeHead = ((...args: unknown[]) => {
    const isPage = String(response.getHeader("content-type") ?? "").startsWith("text/html");
    const wanted = {
      "x-content-type-options": "nosniff",
      "strict-transport-security": "max-age=31536000; includeSubDomains",
      "referrer-policy": "strict-origin-when-cross-origin",
      "content-security-policy": isPage ? UNFRAMED : NOTHING,
      // A page's data is one merchant's: no cache between them and us may keep it. Files say themselves how long they keep.
      "cache-control": "private, no-store",
    };
    for (const [name, value] of Object.entries(wanted))
      if (!response.hasHeader(name)) response.setHeader(name, value);
    return writeHead(...args);
  }) as typeof response.writeHead;
  next();
};
