import express, { type Request, type Response } from "express";

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Undefined for text that is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** 1,000 events with generous contents stay well under this. */
const limit = 16 * 1024 * 1024;
/** Meta takes a body for JSON whatever its type says, unless it is a form. */
const PARSERS = [
  express.urlencoded({ extended: false, limit }),
  express.raw({ type: "multipart/form-data", limit }),
  express.json({ type: () => true, limit }),
];

export type BodyVerdict = { ok: true; fields: JsonObject } | { ok: false; tooLarge: boolean };

/** The fields of a JSON, urlencoded or multipart body; an empty body has none. */
export async function readFields(request: Request, response: Response): Promise<BodyVerdict> {
  for (const parse of PARSERS) {
    const failure = await new Promise<unknown>((resolve) => parse(request, response, resolve));
    if (isObject(failure)) return { ok: false, tooLarge: failure["status"] === 413 };
  }
  const body: unknown = request.body;
  if (Buffer.isBuffer(body)) return readMultipart(body, request.get("content-type") ?? "");
  return isObject(body) ? { ok: true, fields: body } : { ok: false, tooLarge: false };
}

async function readMultipart(bytes: Buffer, type: string): Promise<BodyVerdict> {
  try {
    const form = await new globalThis.Response(new Uint8Array(bytes), {
      headers: { "content-type": type },
    }).formData();
    const texts = [...form].filter(([, value]) => typeof value === "string");
    return { ok: true, fields: Object.fromEntries(texts) };
  } catch {
    return { ok: false, tooLarge: false };
  }
}
