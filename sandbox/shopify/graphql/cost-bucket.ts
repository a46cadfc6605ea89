import type { StoreSpec } from "../store.ts";

/** Points per second by plan; the bucket holds twenty seconds' worth. */
const RESTORE_RATE = { development: 100, basic: 100, advanced: 200, plus: 1000 } as const;
const SECONDS_HELD = 20;

/** The leaky bucket of one app on one store. */
export class CostBucket {
  readonly #rate: number;
  readonly #now: () => number;
  #available: number;
  #at: number;

  constructor(plan: StoreSpec["plan"], now: () => number) {
    this.#rate = RESTORE_RATE[plan ?? "basic"];
    this.#now = now;
    this.#available = this.#rate * SECONDS_HELD;
    this.#at = now();
  }

  status() {
    const now = this.#now();
    const gained = (Math.max(0, now - this.#at) / 1000) * this.#rate;
    this.#available = Math.min(this.#rate * SECONDS_HELD, this.#available + gained);
    this.#at = now;
    return {
      maximumAvailable: this.#rate * SECONDS_HELD,
      currentlyAvailable: Math.floor(this.#available),
      restoreRate: this.#rate,
    };
  }

  /** False when the bucket does not hold that much; nothing is taken then. */
  take(points: number): boolean {
    if (this.status().currentlyAvailable < points) return false;
    this.#available -= points;
    return true;
  }

  giveBack(points: number): void {
    this.#available += points;
  }

  empty(): void {
    this.status();
    this.#available = 0;
  }
}
