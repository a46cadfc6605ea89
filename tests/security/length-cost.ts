import { connect } from "node:net";
import { text as readText } from "node:stream/consumers";
import { z } from "zod";

/** A text that a stranger chooses, somewhere in a request. */
export interface LengthPlace {
  readonly name: string;
  /** The longest text that is tried, in characters. */
  readonly longest: number;
  /** Sends a request with this text in its place; resolves when it is answered, cut, or known to wait. */
  send(text: string): Promise<unknown>;
}

export interface Cost {
  /** Processor time of the process that answers: other processes of the machine do not count. */
  readonly cpuMs: number;
  /** The longest that its event loop was held. */
  readonly heldMs: number;
}

/** What the process has spent since the last call. */
export type Probe = () => Promise<Cost>;

export interface LengthCosts {
  /** Places and texts whose cost grows faster than their length, or that hold the event loop. */
  readonly costly: readonly string[];
  readonly tried: number;
  /** The dearest of all. */
  readonly worst: { readonly place: string; readonly cpuMs: number };
}

/** Pieces that patterns, decoders and parsers fail or slow down on, repeated. */
const PIECES = [
  "a",
  "a@",
  "a.",
  "@a.",
  " ",
  "/a",
  "//",
  "%41",
  "%",
  "a=a&",
  "\\",
  '"',
  "[",
  "-eyJ",
  "fb.1.",
  ";a",
  "é",
];

/** Below this a time says nothing about growth. Milliseconds of processor time. */
const NOISE_MS = 60;
/** Four times the text may cost four times as much; sixteen times as much is a square. */
const MOST_GROWTH = 8;
/** Milliseconds. An endpoint that holds the event loop for longer holds everybody else's requests. */
const LONGEST_HOLD_MS = 250;
/** Of each of these the least counts: what else the process did at that moment is not the text's. */
const TRIES = 3;

/**
 * Sends each piece at the full length of each place. Where that is cheap, nothing more is asked; where it is not, a quarter
 * of the length is tried as well, in the same run and on the same machine, and the two are compared.
 */
export async function findCostlyTexts(places: readonly LengthPlace[], probe: Probe): Promise<LengthCosts> {
  const costly: string[] = [];
  let tried = 0;
  let worst = { place: "", cpuMs: 0 };
  const once = async (place: LengthPlace, text: string): Promise<Cost> => {
    await probe();
    await place.send(text);
    tried += 1;
    return probe();
  };
  const least = async (place: LengthPlace, text: string, first?: Cost): Promise<Cost> => {
    let best = first ?? (await once(place, text));
    for (let turn = 1; turn < TRIES; turn += 1) {
      const again = await once(place, text);
      best = { cpuMs: Math.min(best.cpuMs, again.cpuMs), heldMs: Math.min(best.heldMs, again.heldMs) };
    }
    return best;
  };
  for (const place of places)
    for (const piece of PIECES) {
      const long = piece.repeat(Math.ceil(place.longest / piece.length)).slice(0, place.longest);
      const first = await once(place, long);
      if (first.cpuMs <= NOISE_MS && first.heldMs <= LONGEST_HOLD_MS) {
        if (first.cpuMs > worst.cpuMs) worst = { place: `${place.name}, "${piece}"`, cpuMs: first.cpuMs };
        continue;
      }
      const whole = await least(place, long, first);
      const quarter = await least(place, long.slice(0, place.longest / 4));
      if (whole.cpuMs > worst.cpuMs) worst = { place: `${place.name}, "${piece}"`, cpuMs: whole.cpuMs };
      const grows = whole.cpuMs > NOISE_MS && whole.cpuMs > MOST_GROWTH * quarter.cpuMs;
      // Both, so that a machine that gave the process no turn is not taken for the process.
      const holds = whole.heldMs > LONGEST_HOLD_MS && whole.cpuMs > LONGEST_HOLD_MS;
      if (grows || holds)
        costly.push(
          `${place.name}, "${piece}" × ${place.longest}: ${Math.round(whole.cpuMs)} ms, of a quarter ${Math.round(quarter.cpuMs)} ms, held ${Math.round(whole.heldMs)} ms`,
        );
    }
  return { costly, tried, worst };
}

const cost = z.object({ cpuMs: z.number(), heldMs: z.number() });

/** Asks report-cost.mjs in another process. */
export function askCosts(socket: string): Probe {
  return async () => cost.parse(JSON.parse(await readText(connect(socket))));
}
