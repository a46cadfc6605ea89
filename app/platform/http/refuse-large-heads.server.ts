import type { RequestHandler } from "express";

import { judgeRequestHead } from "./judge-request-head.ts";

const WORDS = { 404: "Not found\n", 414: "Address too long\n", 431: "Headers too large\n" } as const;

/** Refuses oversized addresses and headers before routes, parameters or cookies are looked at. */
export const refuseLargeHeads: RequestHandler = (request, response, next) => {
  const status = judgeRequestHead({
    url: request.url,
    headers: request.rawHeaders.length / 2,
    cookie: request.headers.cookie ?? "",
  });
  if (status === undefined) return next();
  response.status(status).type("text/plain").send(WORDS[status]);
};
