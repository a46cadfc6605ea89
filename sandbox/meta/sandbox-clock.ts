import { z } from "zod";

/**
 * The sandbox's time. Tests and drills bend it: shift it, set it, run it faster (an hour of outage in a minute).
 * All times are unix milliseconds.
 */
export interface SandboxClock {
  now(): number;
  /** Applies a change; what is not named stays. `nowMs` and `offsetMs` exclude each other (`nowMs` wins). */
  bend(change: ClockChange): void;
  reset(): void;
}

export const clockSchema = z.strictObject({
  /** Sandbox time becomes this, and runs on from there. */
  nowMs: z.exactOptional(z.number()),
  /** Sandbox time becomes the base clock plus this. */
  offsetMs: z.exactOptional(z.number()),
  /** Sandbox milliseconds per base millisecond; 1 is real time, 60 is a minute a second, 0 stands still. */
  rate: z.exactOptional(z.number().min(0)),
});
export type ClockChange = z.infer<typeof clockSchema>;

export function createSandboxClock(base: () => number = Date.now): SandboxClock {
  let anchorBase = base();
  let anchorSandbox = anchorBase;
  let rate = 1;
  const now = (): number => Math.floor(anchorSandbox + (base() - anchorBase) * rate);
  return {
    now,
    bend(change) {
      const read = base();
      const current = Math.floor(anchorSandbox + (read - anchorBase) * rate);
      anchorSandbox = change.nowMs ?? (change.offsetMs === undefined ? current : read + change.offsetMs);
      anchorBase = read;
      rate = change.rate ?? rate;
    },
    reset() {
      anchorBase = base();
      anchorSandbox = anchorBase;
      rate = 1;
    },
  };
}
