import { readBody } from "../platform/http/read-body.server.ts";

/** Far above any form of ours; the longest field is an access token. */
const LIMIT_BYTES = 64 * 1024;

/**
 * What a form of the admin's pages sent, as browsers send forms by default.
 *
 * @throws Response 413 or 400 for a body that none of our forms sends, 415 for another kind. Left to the platform's own
 *   reader it would be an error of ours (500), and a body of any length.
 */
export async function readForm(request: Request): Promise<URLSearchParams> {
  return new URLSearchParams(await readText(request, "application/x-www-form-urlencoded"));
}

/** The same for a form that sends JSON; what is no JSON reads as null. */
export async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request, "application/json");
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function readText(request: Request, wanted: string): Promise<string> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== wanted) throw refusal(415, "Unsupported Media Type");
  const body = await readBody(request, LIMIT_BYTES);
  if (body.ok) return body.text;
  throw body.problem === "too_large" ? refusal(413, "Content Too Large") : refusal(400, "Bad Request");
}

function refusal(status: number, statusText: string): Response {
  return new Response(statusText, { status, statusText });
}
