import process from "node:process";

/** Read by the loader and by libfaketime (https://github.com/wolfcw/libfaketime); absent in an ordinary run. */
const CLOCK_VARIABLES = [
  "LD_PRELOAD",
  "FAKETIME",
  "FAKETIME_DONT_FAKE_MONOTONIC",
  "FAKETIME_DISABLE_SHM",
  "NO_FAKE_STAT",
];
/**
 * The second one: where Node keeps what it has compiled, so that a command of many modules starts with half the work. The
 * third: what every process of Node is to do, as whoever started this one wants it.
 */
const PROGRAM_VARIABLES = ["PATH", "NODE_COMPILE_CACHE", "NODE_OPTIONS"];

/**
 * What a process that gets an environment of its own must still take over from this one: where programs and compiled
 * modules are found, and the clock. Without the clock, a run on another date (scripts/test-on-dates.ts) would start the
 * app on today's date.
 */
export const childEnvironment = (): Record<string, string> =>
  variables((name) => PROGRAM_VARIABLES.includes(name) || CLOCK_VARIABLES.includes(name));

/** This process's environment with the machine's real clock: for a program that libfaketime slows down too much. */
export const realClockEnvironment = (): Record<string, string> =>
  variables((name) => !CLOCK_VARIABLES.includes(name));

const variables = (isTaken: (name: string) => boolean): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value !== undefined && isTaken(name) ? [[name, value]] : [],
    ),
  );
