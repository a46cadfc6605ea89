import { outsideRequests } from "./request-context.server.ts";

/** Writes log lines that a stranger can cause, so that a flood of them costs a line every few seconds. */
export interface LogLimiter {
  /** @param key what is counted together, from a closed list such as reasons: never a text that a stranger chooses */
  warn(key: string, fields: object, message: string): void;
  /** Writes the counts that are still waiting. */
  flush(): void;
}

export interface LogLimiterOptions {
  /** Lines written whole per key and period. Default 5. */
  readonly lines?: number;
  /** Milliseconds. Default 10,000. */
  readonly periodMs?: number;
}

/** A bound on memory, should a caller's keys not be the closed list that they are meant to be. */
const MOST_KEYS = 200;

/**
 * The first lines of a period are written as they are. What comes after them is counted, and the count is one line when
 * the period ends: `{ key, suppressed, seconds }` with the message of the first. The timer keeps no process alive.
 */
export function createLogLimiter(
  log: { warn(fields: object, message: string): void },
  options: LogLimiterOptions = {},
): LogLimiter {
  const { lines = 5, periodMs = 10_000 } = options;
  const counts = new Map<string, { written: number; suppressed: number; readonly message: string }>();
  let timer: NodeJS.Timeout | undefined;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const [key, { suppressed, message }] of counts)
      if (suppressed > 0) log.warn({ key, suppressed, seconds: periodMs / 1000 }, message);
    counts.clear();
  };

  return {
    warn: (key, fields, message) => {
      const bounded = counts.has(key) || counts.size < MOST_KEYS ? key : "other";
      const count = counts.get(bounded) ?? { written: 0, suppressed: 0, message };
      counts.set(bounded, count);
      timer ??= outsideRequests(() => setTimeout(flush, periodMs)).unref();
      if (count.written < lines) {
        count.written += 1;
        log.warn(fields, message);
      } else count.suppressed += 1;
    },
    flush,
  };
}
