import { randomBytes } from "node:crypto";

import type { FaultTarget } from "../faults/fault.ts";
import type { JsonObject } from "../http/read-body.ts";
import type { TokenPlace } from "../sandbox-world.ts";

/** A Graph request, taken apart. */
export interface GraphCall {
  method: string;
  /** Path segments behind the version. */
  segments: string[];
  /** First segment of the path, whether it is a version or not. */
  version: string;
  query: URLSearchParams;
  body: JsonObject;
  token: string | undefined;
  tokenFrom: TokenPlace | null;
}

/** Path without its version; an unversioned path keeps all segments. */
export function splitPath(pathname: string): { version: string; segments: string[] } {
  const parts = pathname.split("/").filter((part) => part !== "");
  const [first = ""] = parts;
  return /^v\d/.test(first) ? { version: first, segments: parts.slice(1) } : { version: "", segments: parts };
}

/** Which faults a path is open to. */
export function faultTarget(
  [node, edge]: readonly string[],
  query: URLSearchParams,
): Omit<FaultTarget, "now"> {
  if (node === "debug_token") return { scope: node, dataset: undefined };
  if (node === "dataset_quality") return { scope: node, dataset: query.get("dataset_id") ?? undefined };
  return { scope: "events", dataset: edge === undefined ? undefined : node };
}

/** Where a call carries its token: the header wins, then the URL, then the body (meta.md 1.2). */
export function findToken(
  authorization: string | undefined,
  query: URLSearchParams,
  body: JsonObject,
): { token: string | undefined; tokenFrom: TokenPlace | null } {
  const bearer = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(authorization ?? "")?.[1];
  if (bearer !== undefined) return { token: bearer, tokenFrom: "header" };
  const inUrl = query.get("access_token");
  if (inUrl !== null) return { token: inUrl, tokenFrom: "query" };
  if (typeof body.access_token === "string") return { token: body.access_token, tokenFrom: "body" };
  return { token: undefined, tokenFrom: null };
}

/** In the look of Meta's `fbtrace_id`. */
export const nextTraceId = (): string => `A${randomBytes(12).toString("hex")}`;
