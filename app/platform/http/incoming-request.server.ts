import type { IncomingMessage } from "node:http";

/**
 * What a receiver reads of a request: the part of `Request` that it needs. Remix hands on a `Request`; on the short way
 * (docs/decisions/0810) Node's own is read as it is, because making a `Request` of it costs more than its signature.
 */
export interface IncomingRequest {
  readonly method: string;
  readonly headers: { get(name: string): string | null };
  readonly body: { getReader(): BodyReader } | null;
}

/** The part of a stream's reader that reading a body needs. */
export interface BodyReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  releaseLock(): void;
}

/** @param request of a server of `node:http`, whose body nobody has begun to read */
export function incomingOf(request: IncomingMessage): IncomingRequest {
  return {
    method: request.method ?? "GET",
    headers: {
      get: (name) => {
        const value = request.headers[name.toLowerCase()];
        return Array.isArray(value) ? value.join(", ") : (value ?? null);
      },
    },
    body: { getReader: () => readerOf(request) },
  };
}

/** One chunk at a time: what nobody has asked for stays with the sender. Rejects when the sender goes away halfway. */
function readerOf(request: IncomingMessage): BodyReader {
  const chunks: Uint8Array[] = [];
  let ended: "no" | "whole" | "cut" = request.complete && request.readableLength === 0 ? "whole" : "no";
  let wake: () => void = () => undefined;
  const end = (how: "whole" | "cut") => () => {
    if (ended === "no") ended = how;
    wake();
  };
  const take = (chunk: Uint8Array) => {
    chunks.push(chunk);
    request.pause();
    wake();
  };
  const whole = end("whole");
  const cut = end("cut");
  request.on("data", take).on("end", whole).on("error", cut).on("close", cut);
  return {
    read: async () => {
      while (chunks.length === 0 && ended === "no") {
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        request.resume();
        await woken;
      }
      const value = chunks.shift();
      if (value !== undefined) return { done: false, value };
      if (ended === "cut") throw new Error("the sender went away");
      return { done: true };
    },
    releaseLock: () => {
      request.off("data", take).off("end", whole).off("close", cut);
    },
  };
}
