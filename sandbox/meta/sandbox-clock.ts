import { z } from "zod";

export const clockSchema = z.strictObject({
  /** Sandbox time becomes this, and runs on from there. Wins over `offsetMs`. */
  nowMs: z.exactOptional(z.number()),
  /** Sandbox time becomes the base clock plus this. */
  offsetMs: z.exactOptional(z.number()),
  /** Sandbox milliseconds per base millisecond; 1 is real time, 60 is a minute a second, 0 stands still. */
  rate: z.exactOptional(z.number().min(0)),
});
export type ClockChange = z.infer<typeof clockSchema>;

/**
 * The sandbox's time. Tests and drills bend it: shift it, set it, run it faster (an hour of outage in a minute).
 * All times are unix milliseconds.
 */
export class SandboxClock {
  readonly #base: () => number;
  #bend = { base: 0, sandbox: 0, rate: 1 };

  constructor(base: () => number = Date.now) {
    this.#base = base;
    this.reset();
  }

  now(): number {
    const { base, sandbox, rate } = this.#bend;
    return Math.floor(sandbox + (this.#base() - base) * rate);
  }

  /** Applies a change; what is not named stays. */
  bend({ nowMs, offsetMs, rate = this.#bend.rate }: ClockChange): void {
    const base = this.#base();
    const sandbox = nowMs ?? (offsetMs === undefined ? this.now() : base + offsetMs);
    this.#bend = { base, sandbox, rate };
  }

  reset(): void {
    this.bend({ offsetMs: 0, rate: 1 });
  }
}
