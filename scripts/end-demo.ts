import process from "node:process";

/** What has to be closed before this process ends; each is added when it begins. */
export interface Ending {
  closeFirst(close: () => Promise<unknown>): void;
}

/**
 * Ends this process on SIGINT (Ctrl+C), SIGTERM and SIGHUP (its terminal was closed): with 0, since it did what it was
 * asked to. A second signal changes nothing: npm and the terminal both send one.
 */
export function endOnSignal(): Ending {
  const closing: (() => Promise<unknown>)[] = [];
  let isEnding = false;
  const end = (): void => {
    if (isEnding) return;
    isEnding = true;
    process.stderr.write("Stopping …\n");
    Promise.all(closing.map((close) => close())).then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`Not everything could be stopped: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  return { closeFirst: (close) => void closing.push(close) };
}
