import process from "node:process";

/** Where Node keeps what it has compiled: a command of many modules starts with half the work. */
const COMPILED = "NODE_COMPILE_CACHE";

/** Read by the loader and by libfaketime (https://github.com/wolfcw/libfaketime); absent in an ordinary run. */
const CLOCK_VARIABLES = [
  "LD_PRELOAD",
  "FAKETIME",
  "FAKETIME_DONT_FAKE_MONOTONIC",
  "FAKETIME_DISABLE_SHM",
  "NO_FAKE_STAT",
] as const;

/**
 * What a process that gets an environment of its own must still take over from this one: where programs and compiled
 * modules are found, and the clock. Without the clock, a run on another date (scripts/test-on-dates.ts) would start the
 * app on today's date.
 */
export function childEnvironment(): Record<string, string> {
  return Object.fromEntries(
    ["PATH", COMPILED, ...CLOCK_VARIABLES].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** This process's environment with the machine's real clock: for a program that libfaketime slows down too much. */
export function realClockEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || CLOCK_VARIABLES.some((each) => each === name) ? [] : [[name, value]],
    ),
  );
}
