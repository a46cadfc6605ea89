/** How a store reads numbers and times: its locale, its time zone, its currency. */
export interface StoreFormat {
  readonly locale: string;
  readonly timeZone: string;
  number(value: number): string;
  /** @param share 0 to 1. Cut, not rounded, to one decimal, so that "100 %" means all of them. */
  percent(share: number): string;
  /** @param score 0 to 10, one decimal */
  score(score: number): string;
  /** Without a currency only the number. */
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

export function createFormat(store: {
  readonly locale: string;
  readonly timeZone: string;
  readonly currency: string | null;
}): StoreFormat {
  const locale = knownLocale(store.locale);
  const { timeZone, currency: own } = store;
  const at = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    return (when: number | string) => plainSpaces(format.format(new Date(when)));
  };
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 1,
    roundingMode: "trunc",
  });
  const score = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const day = new Intl.DateTimeFormat(locale, { timeZone: "UTC", month: "short", day: "numeric" });
  return {
    locale,
    timeZone,
    number: (value) => number.format(value),
    // A share such as 0.58 is 57.99999… in binary: a hair is added before it is cut.
    percent: (share) => plainSpaces(percent.format(share + 1e-9)),
    score: (value) => score.format(value),
    money: (amount, currency = own) =>
      currency
        ? plainSpaces(new Intl.NumberFormat(locale, { style: "currency", currency }).format(amount))
        : number.format(amount),
    day: (text) => plainSpaces(day.format(new Date(`${text}T00:00:00Z`))),
    date: at({ dateStyle: "medium" }),
    dateTime: at({ dateStyle: "medium", timeStyle: "short" }),
    soon: at({ month: "short", day: "numeric", hour: "numeric", minute: "2-digit" }),
    exact: at({ dateStyle: "medium", timeStyle: "medium" }),
    timeZoneName: zoneName(timeZone),
  };
}

/** Server and browser may know different versions of the same rules; the spaces are what they disagree on most. */
function plainSpaces(text: string): string {
  return text.replace(/[\u202f\u2009]/g, "\u00a0");
}

function knownLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? "en";
  } catch {
    return "en";
  }
}

/** By its place: the names that platforms have for zones differ, and would differ between server and browser. */
function zoneName(timeZone: string): string {
  const place = timeZone.split("/").at(-1)?.replaceAll("_", " ");
  return timeZone === "UTC" || !place ? "UTC" : `${place} time`;
}
