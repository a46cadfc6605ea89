import {
  localTime,
  writeDate,
  writeDateTime,
  writeDay,
  writeDayTime,
  type ZoneOffsets,
} from "../../texts/local-time.ts";
import { writeMoney, writeNumber, writePercent } from "../../quality/write-number.ts";
import { sayText } from "../../texts/texts.ts";

/**
 * How a store reads numbers and times: its time zone, its currency, and the ways of the language that the texts are in.
 * Nothing of it depends on the platform, so the server and every browser write the same text.
 */
export interface StoreFormat {
  readonly timeZone: string;
  number(value: number): string;
  /** @param share 0 to 1. Cut, not rounded, to one decimal, so that "100%" means all of them. */
  percent(share: number): string;
  /** @param score 0 to 10, one decimal */
  score(score: number): string;
  /** With the decimals of the currency by ISO 4217. Without a currency only the number. */
  money(amount: number, currency?: string | null): string;
  /** @param day YYYY-MM-DD, already the store's calendar */
  day(day: string): string;
  /** @param at unix milliseconds or ISO text; shown in the store's time zone */
  date(at: number | string): string;
  dateTime(at: number | string): string;
  /** Without the year: for what is hours away. */
  soon(at: number | string): string;
  /** With seconds, for the order of events. */
  exact(at: number | string): string;
  /** Such as "Los Angeles time"; beside every time that is shown. */
  readonly timeZoneName: string;
}

export interface StoreFormatData {
  /** IANA name. */
  readonly timeZone: string;
  /** When that zone's clocks change; the server knows. */
  readonly offsets: ZoneOffsets;
  /** ISO 4217. */
  readonly currency: string | null;
}

export function createFormat({ timeZone, offsets, currency: own }: StoreFormatData): StoreFormat {
  const local = (at: number | string) => localTime(offsets, new Date(at).getTime());
  return {
    timeZone,
    number: (value) => writeNumber(value),
    percent: writePercent,
    score: (value) => writeNumber(value, 1, 1),
    money: (amount, currency = own) => (currency ? writeMoney(amount, currency, own) : writeNumber(amount)),
    day: (text) => writeDay(localTime([], Date.parse(`${text}T00:00:00Z`))),
    date: (at) => writeDate(local(at)),
    dateTime: (at) => writeDateTime(local(at)),
    soon: (at) => writeDayTime(local(at)),
    exact: (at) => writeDateTime(local(at), true),
    timeZoneName: zoneName(timeZone),
  };
}

/** By its place: the names that platforms have for zones differ, and would differ between server and browser. */
function zoneName(timeZone: string): string {
  const place = timeZone.split("/").at(-1)?.replaceAll("_", " ");
  return timeZone === "UTC" || !place ? "UTC" : sayText({ key: "common.zone", values: { place } });
}
