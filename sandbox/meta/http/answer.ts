import type { Request, Response } from "express";
import { CURRENT_VERSION } from "../graph/api-version.ts";
import type { GraphError } from "../graph/graph-error.ts";

/** What goes back over the wire. */
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

/** An error as the Graph API sends it; what is undefined is left out of it. */
export function errorAnswer(error: GraphError, traceId: string): Answer {
  const body = {
    message: error.message,
    type: error.type,
    code: error.code,
    error_data: error.blameFields && { blame_field_specs: error.blameFields },
    error_subcode: error.subcode,
    is_transient: error.isTransient,
    error_user_title: error.userTitle,
    error_user_msg: error.userMessage,
    fbtrace_id: traceId,
  };
  return jsonAnswer(error.status, { error: body }, traceId);
}

/** "reset" cuts the connection as a dying peer would (the caller sees ECONNRESET); "silence" leaves it open for ever. */
export function send(request: Request, response: Response, answer: Answer | "reset" | "silence"): void {
  if (answer === "reset") request.socket.resetAndDestroy();
  else if (answer !== "silence" && !response.destroyed) {
    const length = Buffer.byteLength(answer.body);
    response.writeHead(answer.status, { ...answer.headers, "content-length": length }).end(answer.body);
  }
}
