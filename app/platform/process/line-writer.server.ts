import { write, writeSync } from "node:fs";

/**
 * Lines on their way to a file descriptor, without the process waiting for whoever reads them. Pino's own writer retries
 * for ever at the end of the process when its reader has died, so that a process whose supervisor is gone never ends
 * (docs/decisions/0848).
 */
export interface LineWriter {
  write(line: string): void;
  /** Writes what waits, at most `FLUSH_MS`: for the end of the process. */
  flushSync(): void;
}

/** A reader that is slow is asked again after so long. Milliseconds. */
const AGAIN_MS = 100;
/** How long the end of the process waits for a reader that is slow. Milliseconds. */
const FLUSH_MS = 1_000;
const UNDER_WAY_MS = 100;
/** Characters that wait for a slow reader; what comes beyond them is left out. */
const MOST_WAITING = 16 * 2 ** 20;

/** Once writing fails for another reason than a full pipe (nobody reads any more), everything is left out. */
export function createLineWriter(descriptor: number): LineWriter {
  let waiting: string[] = [];
  let waitingLength = 0;
  /** What is being written; the system may take a part of it. */
  let current: Buffer = Buffer.alloc(0);
  let isWriting = false;
  let isBroken = false;

  const giveUp = (): void => {
    isBroken = true;
    waiting = [];
    current = Buffer.alloc(0);
  };
  const takeNext = (): boolean => {
    if (current.length === 0 && waiting.length > 0) {
      current = Buffer.from(waiting.join(""));
      waiting = [];
      waitingLength = 0;
    }
    return current.length > 0;
  };
  const send = (): void => {
    if (isBroken || isWriting || !takeNext()) return;
    isWriting = true;
    write(descriptor, current, (error, written) => {
      isWriting = false;
      if (isBroken) return;
      if (error && !isFull(error)) return giveUp();
      if (error) return void setTimeout(send, AGAIN_MS).unref();
      current = current.subarray(written);
      send();
    });
  };

  return {
    write: (line) => {
      if (isBroken || waitingLength + line.length > MOST_WAITING) return;
      waiting.push(line);
      waitingLength += line.length;
      send();
    },
    flushSync: () => {
      // A write under way is another thread's: it gets a moment, and is never done a second time.
      if (isWriting) pause(UNDER_WAY_MS);
      if (isWriting) current = Buffer.alloc(0);
      for (const until = Date.now() + FLUSH_MS; !isBroken && takeNext() && Date.now() < until;) {
        try {
          current = current.subarray(writeSync(descriptor, current));
        } catch (error) {
          if (!isFull(error)) giveUp();
          else pause(10);
        }
      }
    },
  };
}

/** Stops this thread. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EAGAIN" || error.code === "EBUSY");
}
