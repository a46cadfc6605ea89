import { storeTime } from "#sandbox/shopify/orders/store-time.ts";

const DAY = 86_400_000;

export interface Move {
  /** By how many days of the calendar. */
  readonly days: number;
  /** IANA; what happened at ten o'clock there still does, whatever summer time is about. */
  readonly timeZone: string;
  /** What lies outside is no time of the history and stays: unix milliseconds. */
  readonly from: number;
  readonly to: number;
  /** An address that what was written names, and what it is now. */
  readonly address: readonly [was: string, is: string];
}

/** Moves times, however they are written. */
export interface TimeMover {
  readonly days: number;
  readonly timeZone: string;
  /** @param at unix milliseconds */
  instant(at: number): number;
  /** ISO times, days, unix seconds and milliseconds, Meta's browser and click IDs, wherever they stand in a text. */
  text(text: string): string;
  /** The same with each string and each number in a structure. */
  value<Kind>(value: Kind): Kind;
}

const ISO_TIME = /20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)/g;
const ISO_DAY = /(?<![\d-])20\d\d-\d\d-\d\d(?![\dT-])/g;
/** Digits with nothing around that makes them a part of something else. */
const UNIX_TIME = /(?<![\w.-])(?:\d{10}|\d{13})(?![\w.-])/g;
/** `fb.1.{milliseconds}.{…}` */
const META_ID = /(?<=\bfb\.\d\.)\d{13}(?=\.)/g;

export function createTimeMover(move: Move): TimeMover {
  const offsets = new Map<number, number>();
  /** Milliseconds between the wall clock there and UTC. */
  const offsetAt = (at: number): number => {
    const quarter = Math.floor(at / 900_000);
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    const wall = storeTime(at, move.timeZone);
    const offset = Date.parse(`${wall.slice(0, 19)}Z`) - Math.floor(at / 1_000) * 1_000;
    offsets.set(quarter, offset);
    return offset;
  };
  const isOfHistory = (at: number): boolean => at >= move.from && at <= move.to;
  const shift = (at: number): number => {
    const wall = at + offsetAt(at) + move.days * DAY;
    return wall - offsetAt(wall - offsetAt(at));
  };
  const instant = (at: number): number => (isOfHistory(at) ? shift(at) : at);
  const digits = (text: string): string =>
    text.length === 10 ? String(instant(Number(text) * 1_000) / 1_000) : String(instant(Number(text)));
  const time = (text: string): string => {
    const at = Date.parse(text);
    if (!isOfHistory(at)) return text;
    const moved = shift(at);
    if (!text.endsWith("Z")) return storeTime(moved, move.timeZone);
    const fraction = /\.\d+/.exec(text)?.[0] ?? "";
    return `${new Date(moved).toISOString().slice(0, 19)}${fraction}Z`;
  };
  const day = (text: string): string => {
    const at = Date.parse(text);
    return isOfHistory(at + DAY) || isOfHistory(at)
      ? new Date(at + move.days * DAY).toISOString().slice(0, 10)
      : text;
  };
  const text = (given: string): string => {
    const here = given.replaceAll(...move.address);
    if (move.days === 0) return here;
    return here
      .replace(ISO_TIME, time)
      .replace(ISO_DAY, day)
      .replace(META_ID, digits)
      .replace(UNIX_TIME, digits);
  };
  const number = (given: number): number => {
    if (!Number.isInteger(given)) return given;
    return given < 1e11 ? instant(given * 1_000) / 1_000 : instant(given);
  };
  const value = (given: unknown): unknown => {
    if (typeof given === "string") return text(given);
    if (typeof given === "number") return number(given);
    if (Array.isArray(given)) return given.map(value);
    if (typeof given !== "object" || given === null) return given;
    return Object.fromEntries(Object.entries(given).map(([name, each]) => [name, value(each)]));
  };
  return {
    ...{ days: move.days, timeZone: move.timeZone },
    instant,
    text,
    value: <Kind>(given: Kind) => value(given) as Kind,
  };
}
