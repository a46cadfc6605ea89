import type { IncomingRequest } from "./incoming-request.server.ts";
import { readBody, type BodyOutcome } from "./read-body.server.ts";

export interface BodyLimits {
  /** Bytes of all bodies together, from the first that is read until its reader is done with them. */
  readonly bytes: number;
  /** Milliseconds for a whole body; the longest that is taken comes within two seconds over 40 Mbit/s. */
  readonly slowMs: number;
  /** Milliseconds after which a body that is still coming gives way to a newer one where there is no room for both. */
  readonly displaceAfterMs: number;
}

const BODY_LIMITS: BodyLimits = { bytes: 64 * 1024 * 1024, slowMs: 10_000, displaceAfterMs: 2_000 };

/** `too_slow`: answer 408; `no_room`: answer 503, it is worth trying again. */
export type HeldBody = BodyOutcome | { readonly ok: false; readonly problem: "too_slow" | "no_room" };

/** One bound on the memory of all bodies whose senders are not known yet. */
export interface BodyBudget {
  /**
   * Reads a body of at most `limit` bytes and gives it to `work`; its bytes count until `work` is done.
   * What is left of a refused body is let go (see read-body).
   */
  hold<Result>(
    request: IncomingRequest,
    limit: number,
    work: (body: HeldBody) => Result | Promise<Result>,
  ): Promise<Result>;
  /** Bytes that count now. */
  readonly held: number;
}

interface Entry {
  bytes: number;
  isComing: boolean;
  readonly since: number;
  readonly cut: (problem: "too_slow" | "no_room") => void;
}

/**
 * Who sends a body and never ends it would hold its place as long as a request may take. So where there is no room, the
 * body that has been coming for longest gives way, if it is older than an honest one gets; else the newcomer is refused.
 */
export function createBodyBudget(limits: BodyLimits = BODY_LIMITS): BodyBudget {
  /** In the order of their beginning. */
  const entries = new Set<Entry>();
  let held = 0;

  const release = (entry: Entry): void => {
    held -= entry.bytes;
    entry.bytes = 0;
    entries.delete(entry);
  };
  const hasRoom = (own: Entry, bytes: number): boolean => {
    for (const entry of entries) {
      if (held + bytes <= limits.bytes) break;
      if (performance.now() - entry.since < limits.displaceAfterMs) break;
      if (entry === own || !entry.isComing || entry.bytes === 0) continue;
      entry.cut("no_room");
      release(entry);
    }
    return held + bytes <= limits.bytes;
  };

  return {
    get held() {
      return held;
    },
    hold: async (request, limit, work) => {
      const stop = Promise.withResolvers<{ ok: false; problem: "too_slow" | "no_room" }>();
      const entry: Entry = {
        bytes: 0,
        isComing: true,
        since: performance.now(),
        cut: (problem) => stop.resolve({ ok: false, problem }),
      };
      entries.add(entry);
      const timer = setTimeout(() => entry.cut("too_slow"), limits.slowMs);
      const count = (bytes: number): boolean => {
        if (!entries.has(entry)) return false;
        if (!hasRoom(entry, bytes)) {
          entry.cut("no_room");
          return false;
        }
        entry.bytes += bytes;
        held += bytes;
        return true;
      };
      try {
        const announced = Number(request.headers.get("content-length") ?? "0");
        if (announced <= limit && !hasRoom(entry, announced)) entry.cut("no_room");
        const body = await readBody(request, limit, { stop: stop.promise, count });
        entry.isComing = false;
        clearTimeout(timer);
        return await work(body);
      } finally {
        clearTimeout(timer);
        release(entry);
      }
    },
  };
}
