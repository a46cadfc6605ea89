import type { IncomingMessage } from "node:http";

import { isObject } from "../receive/json-shape.ts";
import type { JsonObject } from "../receive/json-shape.ts";

/** 1,000 events with generous contents stay well under this. */
const MAXIMUM_BYTES = 16 * 1024 * 1024;

export type BodyVerdict =
  { ok: true; fields: JsonObject } | { ok: false; reason: "too_large" | "malformed" | "aborted" };

/** The fields of a JSON, urlencoded or multipart body; an empty body has none. */
export async function readFields(request: IncomingMessage): Promise<BodyVerdict> {
  const bytes = await readBytes(request);
  if (typeof bytes === "string") return { ok: false, reason: bytes };
  if (bytes.length === 0) return { ok: true, fields: {} };
  const type = (request.headers["content-type"] ?? "").toLowerCase();
  if (type.startsWith("multipart/form-data"))
    return readMultipart(bytes, request.headers["content-type"] ?? "");
  const text = bytes.toString("utf8");
  if (type.startsWith("application/x-www-form-urlencoded")) {
    return { ok: true, fields: Object.fromEntries(new URLSearchParams(text)) };
  }
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? { ok: true, fields: parsed } : { ok: false, reason: "malformed" };
  } catch {
    return { ok: false, reason: "malformed" };
  }
}

async function readBytes(request: IncomingMessage): Promise<Buffer | "too_large" | "aborted"> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > MAXIMUM_BYTES) return "too_large";
      chunks.push(chunk);
    }
  } catch {
    return "aborted";
  }
  return Buffer.concat(chunks, length);
}

async function readMultipart(bytes: Buffer, type: string): Promise<BodyVerdict> {
  try {
    const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
    return {
      ok: true,
      fields: Object.fromEntries([...form].filter(([, value]) => typeof value === "string")),
    };
  } catch {
    return { ok: false, reason: "malformed" };
  }
}
