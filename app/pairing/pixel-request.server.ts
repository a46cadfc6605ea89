import { readBody } from "../platform/read-body.server.ts";

/** For a worker whose Origin may be "null": everybody may ask, nobody's cookies are taken. */
const OPEN_TO_ALL = { "access-control-allow-origin": "*", "cache-control": "no-store" };

export type PixelBody =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: 400 | 405 | 413 | 415; readonly reason: string };

/** Reads the JSON body of a browser's POST, as text/plain (which needs no preflight) or as application/json. */
export async function readPixelBody(request: Request, limitBytes: number): Promise<PixelBody> {
  if (request.method !== "POST") return { ok: false, status: 405, reason: "not_post" };
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "text/plain" && type !== "application/json")
    return { ok: false, status: 415, reason: "media_type" };
  const body = await readBody(request, limitBytes);
  if (!body.ok) return { ok: false, status: body.problem === "too_large" ? 413 : 400, reason: body.problem };
  try {
    return { ok: true, value: JSON.parse(body.text) };
  } catch {
    return { ok: false, status: 400, reason: "not_json" };
  }
}

export function pixelJson(value: object): Response {
  return Response.json(value, { headers: OPEN_TO_ALL });
}

/** An answer without a body; `retryAfter` in seconds. */
export function pixelStatus(status: number, retryAfter?: number): Response {
  return new Response(null, {
    status,
    headers: { ...OPEN_TO_ALL, ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }) },
  });
}

/** The answer to a preflight, which browsers send for application/json; anything else but POST is refused. */
export function answerPreflight(request: Request): Response {
  if (request.method !== "OPTIONS") {
    const refusal = pixelStatus(405);
    refusal.headers.set("allow", "POST, OPTIONS");
    return refusal;
  }
  const response = pixelStatus(204);
  response.headers.set("access-control-allow-methods", "POST, OPTIONS");
  response.headers.set("access-control-allow-headers", "content-type");
  response.headers.set("access-control-max-age", "86400");
  return response;
}
