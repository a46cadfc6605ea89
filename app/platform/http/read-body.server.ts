import type { IncomingRequest } from "./incoming-request.server.ts";

/**
 * Reads a request's body as UTF-8 text, at most `limit` bytes; stops reading at the first byte too many. What is left is
 * let go, not cancelled: that would cut the connection before the answer is out. (drain-unread reads it away.)
 */
export type BodyOutcome =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: "too_large" | "aborted" | "not_utf8" };

/** Ends the reading from outside. */
export interface ReadControl<Stopped> {
  /** Resolves when no more is to be read; what it gives is the outcome. */
  readonly stop: Promise<Stopped>;
  /** Told of the bytes that came; false once `stop` has resolved. */
  readonly count: (bytes: number) => boolean;
}

export async function readBody<Stopped extends object = never>(
  request: IncomingRequest,
  limit: number,
  control?: ReadControl<Stopped>,
): Promise<BodyOutcome | Stopped> {
  const announced = Number(request.headers.get("content-length") ?? "0");
  if (announced > limit) return { ok: false, problem: "too_large" };
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  try {
    while (reader) {
      const next = await (control ? Promise.race([control.stop, reader.read()]) : reader.read());
      if (!("done" in next)) return next;
      if (next.done || next.value === undefined) break;
      size += next.value.byteLength;
      if (size > limit) return { ok: false, problem: "too_large" };
      if (control && !control.count(next.value.byteLength)) return await control.stop;
      chunks.push(next.value);
    }
  } catch {
    return { ok: false, problem: "aborted" };
  } finally {
    reader?.releaseLock();
  }
  try {
    return {
      ok: true,
      text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks)),
    };
  } catch {
    return { ok: false, problem: "not_utf8" };
  }
}
