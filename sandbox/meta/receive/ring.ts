/** The last `capacity` items; older ones fall out. */
export class Ring<T> {
  readonly #capacity: number;
  #items: T[] = [];
  #dropped = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(item: T): void {
    if (this.#capacity === 0) {
      this.#dropped++;
      return;
    }
    this.#items.push(item);
    // Trimming in halves keeps the cost of a push constant.
    if (this.#items.length >= this.#capacity * 2) {
      this.#dropped += this.#items.length - this.#capacity;
      this.#items = this.#items.slice(-this.#capacity);
    }
  }

  /** Oldest first. */
  items(): T[] {
    return this.#items.slice(-this.#capacity);
  }

  clear(): void {
    this.#items = [];
    this.#dropped = 0;
  }

  /** How many were ever pushed since the last clear. */
  get total(): number {
    return this.#dropped + this.#items.length;
  }
}
