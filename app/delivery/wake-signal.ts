/** Wakes one sleeper. A call while nobody sleeps is remembered until cleared. */
export interface WakeSignal {
  wake(): void;
  isSet(): boolean;
  clear(): void;
  /** Resolves when woken, stopped or after `ms`. */
  wait(ms: number): Promise<void>;
  /** Resolves when stopped or after `ms`, woken or not; at once when `ms` is not positive. */
  pause(ms: number): Promise<void>;
  /** From now on nothing waits. */
  stop(): void;
}

export function createWakeSignal(): WakeSignal {
  let isSet = false;
  const stopped = new AbortController();
  const sleepers = new Set<() => void>();

  const sleep = (ms: number, wakeable: boolean): Promise<void> => {
    if (ms <= 0 || stopped.signal.aborted || (wakeable && isSet)) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        sleepers.delete(end);
        stopped.signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      if (wakeable) sleepers.add(end);
      stopped.signal.addEventListener("abort", end, { once: true });
    });
  };

  return {
    wake: () => {
      isSet = true;
      for (const end of [...sleepers]) end();
    },
    isSet: () => isSet,
    clear: () => {
      isSet = false;
    },
    wait: (ms) => sleep(ms, true),
    pause: (ms) => sleep(ms, false),
    stop: () => stopped.abort(),
  };
}
