/** A moment, or only its day where the file says no more. */
export interface FileTime {
  /** Unix milliseconds; null where the file names no time zone. */
  readonly at: number | null;
  /** YYYY-MM-DD, as it is written; of a bare number by UTC. */
  readonly day: string;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WRITTEN =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/i;
const IN_WORDS = /^(?:([a-z]{3,9}) (\d{1,2}),? (\d{4})|(\d{1,2}) ([a-z]{3,9}),? (\d{4}))$/i;

/**
 * Dates as Shopify, Meta and logs write them: ISO with or without a time and a zone, Unix seconds or milliseconds, "Nov 26,
 * 2026". "11/26/2026" is none: nobody can tell 3 April from 4 March.
 *
 * @returns undefined for anything else, and for days that no calendar has
 */
export function readTime(cell: string): FileTime | undefined {
  const text = cell.trim();
  if (/^\d{9,10}(\.\d+)?$/.test(text)) return ofMoment(Math.floor(Number(text) * 1000));
  if (/^\d{12,13}$/.test(text)) return ofMoment(Number(text));
  const words = IN_WORDS.exec(text);
  if (words) {
    const month = MONTHS.indexOf((words[1] ?? words[5] ?? "").slice(0, 3).toLowerCase()) + 1;
    const day = dayOf(Number(words[3] ?? words[6]), month, Number(words[2] ?? words[4]));
    return day === undefined ? undefined : { at: null, day };
  }
  const [, year, month, date, hour, minute, second = "00", zone] = WRITTEN.exec(text) ?? [];
  const day = dayOf(Number(year), Number(month), Number(date));
  if (day === undefined) return undefined;
  if (hour === undefined || minute === undefined) return { at: null, day };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (zone === undefined) return { at: null, day };
  const offset = /^[+-]/.test(zone) ? zone.replace(/^(...):?(..)$/, "$1:$2") : "Z";
  const at = Date.parse(`${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(at) ? undefined : { at, day };
}

function ofMoment(at: number): FileTime | undefined {
  const iso = new Date(at).toISOString();
  const day = dayOf(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), Number(iso.slice(8, 10)));
  return day === undefined ? undefined : { at, day };
}

/** Since Shopify exists, in this century. */
function dayOf(year: number, month: number, date: number): string | undefined {
  if (!(year >= 2004 && year <= 2099)) return undefined;
  const time = new Date(Date.UTC(year, month - 1, date));
  const isReal = time.getUTCMonth() === month - 1 && time.getUTCDate() === date;
  return isReal ? time.toISOString().slice(0, 10) : undefined;
}

/**
 * An amount: "1234.56", "1,234.56", "1.234,56", "1234,5"; a sign of a currency may stand before or after it.
 * @returns undefined for anything else
 */
export function readAmount(cell: string): number | undefined {
  const [, sign = "", digits] = /^(-?)\s*(?:\p{Sc}\s*)?(\d[\d.,\s']*)\p{Sc}?$/u.exec(cell.trim()) ?? [];
  if (digits === undefined) return undefined;
  const bare = sign + digits.replace(/[\s']/g, "");
  const point = Math.max(bare.lastIndexOf("."), bare.lastIndexOf(","));
  const mark = bare.charAt(point);
  const isOfThousands =
    point >= 0 &&
    ((mark === "," && /^-?\d{1,3}(,\d{3})+$/.test(bare)) || /^-?\d{1,3}(\.\d{3}){2,}$/.test(bare));
  const grouped = point < 0 || isOfThousands ? bare : bare.slice(0, point);
  if (!/^-?(\d+|\d{1,3}(,\d{3})+|\d{1,3}(\.\d{3})+)$/.test(grouped)) return undefined;
  const whole = grouped.replace(/[.,]/g, "");
  const part = point < 0 || isOfThousands ? "" : bare.slice(point + 1);
  if (!/^\d*$/.test(part)) return undefined;
  const value = Number(`${whole}.${part === "" ? "0" : part}`);
  return Number.isFinite(value) ? value : undefined;
}

/** A whole number that is not negative: "1200", "1,200". */
export function readCount(cell: string): number | undefined {
  const value = readAmount(cell);
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= 2_000_000_000
    ? value
    : undefined;
}

/** ISO 4217 in capitals; undefined for anything else. */
export function readCurrency(cell: string): string | undefined {
  const code = cell.trim().toUpperCase();
  return /^[A-Z]{3}$/.test(code) ? code : undefined;
}
