/** How a page of ours sends a file: its bytes as they are, with everything else in the address. */
export const UPLOAD_TYPE = "application/octet-stream";

/**
 * The bytes of a file that a page sends, as they come; who reads them bounds them. A file that says how large it is and is
 * too large is refused before.
 *
 * @param most bytes
 * @throws Response 415 for another kind of body, 413 for an announced size above the bound, 400 without a body
 */
export function readUpload(request: Request, most: number): AsyncIterable<Uint8Array> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== UPLOAD_TYPE) throw refusal(415, "Unsupported Media Type");
  if (Number(request.headers.get("content-length") ?? "0") > most) throw refusal(413, "Content Too Large");
  const { body } = request;
  if (!body) throw refusal(400, "Bad Request");
  return chunksOf(body);
}

/** What is not read is let go, not cancelled: that would cut the connection before the answer is out. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}

function refusal(status: number, statusText: string): Response {
  return new Response(statusText, { status, statusText });
}
