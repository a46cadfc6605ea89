import { renameSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { MetaSandbox } from "#sandbox/meta/start-meta.ts";

/** The one time of a drill: the app's processes and the sandbox's Meta follow it, real time does not. */
export interface BentClock {
  /** Variables that make a process of the app follow this clock. */
  readonly environment: Readonly<Record<string, string>>;
  now(): number;
  /** From now on `rate` milliseconds pass in one. */
  run(rate: number): void;
  /** Forwards or, when negative, backwards. `asMeta: false` leaves Meta's clock where it is. */
  jump(ms: number, options?: { readonly asMeta?: boolean }): void;
  follow(meta: MetaSandbox): void;
}

export function bendClock(folder: string): BentClock {
  const file = path.join(folder, "clock.json");
  let bend = { anchorReal: Date.now(), anchorBent: Date.now(), rate: 1 };
  let meta: MetaSandbox | undefined;
  const now = () => Math.floor(bend.anchorBent + (Date.now() - bend.anchorReal) * bend.rate);
  const write = () => {
    writeFileSync(`${file}.new`, JSON.stringify(bend));
    renameSync(`${file}.new`, file);
  };
  write();
  return {
    environment: {
      CLOCK_FILE: file,
      NODE_OPTIONS: `--import=${path.resolve("tests/drill/bend-clock.mjs")}`,
    },
    now,
    run: (rate) => {
      bend = { anchorReal: Date.now(), anchorBent: now(), rate };
      write();
      meta?.bendClock({ nowMs: now(), rate });
    },
    jump: (ms, { asMeta = true } = {}) => {
      bend = { anchorReal: Date.now(), anchorBent: now() + ms, rate: bend.rate };
      write();
      if (asMeta) meta?.bendClock({ nowMs: now(), rate: bend.rate });
    },
    follow: (followed) => {
      meta = followed;
      followed.bendClock({ nowMs: now(), rate: bend.rate });
    },
  };
}
