/**
 * Reads a request's body as UTF-8 text, at most `limit` bytes; stops reading at the first byte too many. What is left is
 * let go, not cancelled: that would cut the connection before the answer is out. (drain-unread reads it away.)
 */
export type BodyOutcome =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: "too_large" | "aborted" | "not_utf8" };

export async function readBody(request: Request, limit: number): Promise<BodyOutcome> {
  const announced = Number(request.headers.get("content-length") ?? "0");
  if (announced > limit) return { ok: false, problem: "too_large" };
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  try {
    for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
      size += next.value.byteLength;
      if (size > limit) return { ok: false, problem: "too_large" };
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
