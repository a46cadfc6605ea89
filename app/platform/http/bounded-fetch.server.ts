/** The largest answer of Shopify's that is read. A page of 50 orders with 250 lines each stays far below it. Bytes. */
export const LARGEST_SHOPIFY_ANSWER = 16 * 1024 * 1024;

/** How long one call may take, answer included. Milliseconds. */
const LONGEST_CALL_MS = 15_000;

export interface FetchBounds {
  /** Bytes of an answer's body, as decoded. */
  readonly largestAnswer: number;
  /** Milliseconds; default 15 s. */
  readonly longestCallMs?: number;
}

/**
 * A `fetch` for calls that carry a secret: it follows no redirect (the access token travels in a header of Shopify's
 * own, which `fetch` would send on to any other host), reads no more than so many bytes, and waits no longer than so
 * long. All three end as a rejected promise, like a broken connection.
 *
 * @param send the `fetch` that does the work
 */
export function boundFetch(send: typeof fetch, bounds: FetchBounds): typeof fetch {
  return async (input, init) => {
    const timeout = AbortSignal.timeout(bounds.longestCallMs ?? LONGEST_CALL_MS);
    const signal = init?.signal ? AbortSignal.any([timeout, init.signal]) : timeout;
    const response = await send(input, { ...init, signal, redirect: "manual" });
    if (isRedirect(response)) {
      await response.body?.cancel();
      throw new TypeError(`the answer was a redirect (${response.status}), which is not followed`);
    }
    if (response.body === null) return response;
    const announced = Number(response.headers.get("content-length"));
    if (announced > bounds.largestAnswer) {
      await response.body.cancel();
      throw tooLarge(bounds);
    }
    return new Response(response.body.pipeThrough(limitBytes(bounds)), {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };
}

function isRedirect(response: Response): boolean {
  return response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400);
}

function limitBytes(bounds: FetchBounds): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      size += chunk.byteLength;
      if (size > bounds.largestAnswer) controller.error(tooLarge(bounds));
      else controller.enqueue(chunk);
    },
  });
}

function tooLarge({ largestAnswer }: FetchBounds): RangeError {
  return new RangeError(`the answer was larger than ${largestAnswer} bytes`);
}
