/**
 * Lets requests about events go on a few at a time: between two turns of the event loop nobody else waits for more than
 * those. What orders have to do comes in between, however many events have come at once.
 */
export interface Turns {
  /** Resolves when it is this caller's turn, in the order of the calls. */
  next(): Promise<void>;
}

/** @param perLoop callers that go on in one turn of the event loop */
export function createTurns(perLoop: number): Turns {
  let waiting: (() => void)[] = [];
  let isReleasing = false;

  const release = (): void => {
    const released = waiting.slice(0, perLoop);
    waiting = waiting.slice(perLoop);
    isReleasing = waiting.length > 0;
    if (isReleasing) setImmediate(release);
    for (const resolve of released) resolve();
  };
  return {
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (isReleasing) return;
        isReleasing = true;
        setImmediate(release);
      }),
  };
}
