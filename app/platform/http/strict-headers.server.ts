import type { RequestHandler } from "express";

/** For what is not a page: nothing in it may load, run or be framed. */
const NOTHING = "default-src 'none'; frame-ancestors 'none'";
/** For a page that nobody gave a policy: without scripts and not in a frame. */
const UNFRAMED =
  "script-src 'none'; frame-ancestors 'none'; base-uri 'self'; object-src 'none'; form-action 'self'";

/** Of every answer that is not a page, as far as it does not say otherwise itself. */
export const STRICT_HEADERS: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  "referrer-policy": "strict-origin-when-cross-origin",
  "content-security-policy": NOTHING,
  // A page's data is one merchant's: no cache between them and us may keep it. Files say themselves how long they keep.
  "cache-control": "private, no-store",
};

/**
 * Headers of every answer, whoever makes it: pages, assets, errors. What an answer says itself stays. Set at the last
 * moment, because only then is it known what the answer is.
 */
export const strictHeaders: RequestHandler = (_request, response, next) => {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => typeof response;
  response.writeHead = ((...args: unknown[]) => {
    const isPage = String(response.getHeader("content-type") ?? "").startsWith("text/html");
    const wanted = { ...STRICT_HEADERS, ...(isPage && { "content-security-policy": UNFRAMED }) };
    for (const [name, value] of Object.entries(wanted))
      if (!response.hasHeader(name)) response.setHeader(name, value);
    return writeHead(...args);
  }) as typeof response.writeHead;
  next();
};
