import { vi } from "vitest";

/** A safety net and no expectation: long enough for a machine that does twenty other things. */
const SAFETY_MS = 120_000;

/**
 * Asks again until `check` throws nothing. vitest's own waitFor gives up after one second, which a busy machine needs
 * for a single query.
 */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: SAFETY_MS, interval: 20 });
}
