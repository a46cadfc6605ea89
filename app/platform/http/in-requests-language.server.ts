import type { RequestHandler } from "express";

import { inLanguage, languageOf } from "../../texts/in-language.server.ts";
import { LANGUAGE_HEADER } from "../../texts/language.ts";

/** Answers a request in its language. Whatever keeps answers is told that they differ by it; nobody keeps a form's. */
export const inRequestsLanguage: RequestHandler = (request, response, next) => {
  if (request.method === "GET" || request.method === "HEAD") response.vary(LANGUAGE_HEADER);
  inLanguage(languageOf(request), next);
};
