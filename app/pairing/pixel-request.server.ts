import { jsonDepth } from "../platform/http/json-depth.ts";
import type { BodyBudget } from "../platform/http/body-budget.server.ts";
import type { IncomingRequest } from "../platform/http/incoming-request.server.ts";

/** For a worker whose Origin may be "null": everybody may ask, nobody's cookies are taken. */
const OPEN_TO_ALL = { "access-control-allow-origin": "*", "cache-control": "no-store" };

/** Levels of objects and lists; a report has three. */
const DEEPEST = 10;

export type PixelBody =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: 400 | 405 | 408 | 413 | 415 | 503; readonly reason: string };

/** Reads the JSON body of a browser's POST, as text/plain (which needs no preflight) or as application/json. */
export async function readPixelBody(
  bodies: BodyBudget,
  request: IncomingRequest,
  limitBytes: number,
): Promise<PixelBody> {
  if (request.method !== "POST") return { ok: false, status: 405, reason: "not_post" };
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "text/plain" && type !== "application/json")
    return { ok: false, status: 415, reason: "media_type" };
  return bodies.hold<PixelBody>(request, limitBytes, (body) => {
    if (!body.ok) return { ok: false, status: STATUS_OF[body.problem], reason: body.problem };
    if (jsonDepth(body.text) > DEEPEST) return { ok: false, status: 400, reason: "too_deep" };
    try {
      return { ok: true, value: JSON.parse(body.text) };
    } catch {
      return { ok: false, status: 400, reason: "not_json" };
    }
  });
}

const STATUS_OF = { too_large: 413, aborted: 400, not_utf8: 400, too_slow: 408, no_room: 503 } as const;

export function pixelJson(value: object, status = 200): Response {
  return Response.json(value, { status, headers: OPEN_TO_ALL });
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
