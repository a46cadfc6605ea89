import { CURRENT_VERSION } from "../graph/api-version.ts";

/** What goes back over the wire; the length is added when it is sent. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer;
}

/** JSON as the Graph API sends it. */
export function jsonAnswer(status: number, body: unknown, traceId: string): Answer {
  return {
    status,
    headers: {
      "content-type": "application/json; charset=UTF-8",
      "cache-control": "no-store",
      "facebook-api-version": CURRENT_VERSION,
      "x-fb-trace-id": traceId,
    },
    body: JSON.stringify(body),
  };
}
