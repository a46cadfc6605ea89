import type { OrderKind, OrderWish } from "#sandbox/shopify/orders/order-wish.ts";
import type { Random } from "#sandbox/shopify/orders/seeded-random.ts";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** What the buyer's browser does: sends its copy, is kept from it by an ad blocker, or never says a word. */
export type BrowserConduct = "fires" | "blocked" | "silent";

export interface PlannedOrder {
  readonly kind: "order";
  /** Unix milliseconds. */
  readonly at: number;
  readonly wish: OrderWish;
  readonly browser: BrowserConduct;
  /** What the web pixel reports; absent flags were never asked for. */
  readonly consent: Readonly<Record<string, boolean>>;
  readonly fbp?: string;
  readonly fbc?: string;
}

export interface PlannedBeat {
  readonly kind: "beat";
  readonly at: number;
  readonly theme: string;
}

export interface HistoryShape {
  /** First moment and the one after the last, unix milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Orders a day in an ordinary week, at the beginning and at the end. */
  readonly ordersPerDay: readonly [number, number];
  /** Share of buyers with an ad blocker, at the beginning and at the end. */
  readonly adBlockers: readonly [number, number];
  /** The embed is off from the first moment to the second: a new theme went live without it. */
  readonly withoutEmbed?: readonly [number, number];
}

/** Sunday first. */
const WEEK = [1.2, 1.02, 0.9, 0.88, 0.94, 1, 1.1] as const;
/** Shares of a day's orders by the hour in California, midnight first. */
const HOURS = [3, 2, 1, 1, 1, 2, 3, 4, 5, 5, 6, 6, 7, 6, 5, 5, 5, 6, 7, 8, 9, 8, 7, 5] as const;
/** Midnight in California, in UTC; the hour that summer time moves it by makes no difference here. */
const MIDNIGHT = 8 * HOUR;
const FEWEST = 8;
const MOST = 40;

/** A believable shop: a weekly rhythm, growth, buyers from two continents. In the order of time. */
export function planHistory(random: Random, shape: HistoryShape): readonly (PlannedOrder | PlannedBeat)[] {
  const planned: (PlannedOrder | PlannedBeat)[] = [];
  const isEmbedOff = (at: number) =>
    shape.withoutEmbed !== undefined && at >= shape.withoutEmbed[0] && at < shape.withoutEmbed[1];
  const firstDay = Math.floor((shape.from - MIDNIGHT) / DAY) * DAY + MIDNIGHT;
  for (let day = firstDay; day < shape.to; day += DAY) {
    const progress = Math.max(0, (day - shape.from) / (shape.to - shape.from));
    const between = ([start, end]: readonly [number, number]) => start + (end - start) * progress;
    const rhythm = WEEK[new Date(day).getUTCDay()] ?? 1;
    const drawn = between(shape.ordersPerDay) * rhythm * (0.82 + 0.36 * random.next());
    const count = Math.min(MOST, Math.max(FEWEST, Math.round(drawn)));
    for (let index = 0; index < count; index += 1) {
      const at = day + drawHour(random) * HOUR + random.int(0, HOUR - 1);
      planned.push(planOrder(random, at, between(shape.adBlockers), !isEmbedOff(at)));
    }
    for (const hour of [9, 14, 20]) {
      const at = day + hour * HOUR + random.int(0, HOUR);
      if (!isEmbedOff(at)) planned.push({ kind: "beat", at, theme: themeAt(at, shape) });
    }
  }
  return planned
    .filter(({ at }) => at >= shape.from && at < shape.to)
    .sort((one, other) => one.at - other.at);
}

function themeAt(at: number, { withoutEmbed }: HistoryShape): string {
  return withoutEmbed !== undefined && at >= withoutEmbed[1] ? "140700000002" : "133200000001";
}

function drawHour(random: Random): number {
  let left = random.next() * HOURS.reduce((sum, share) => sum + share, 0);
  return Math.max(
    0,
    HOURS.findIndex((share) => (left -= share) < 0),
  );
}

const KINDS: readonly (readonly [number, OrderKind | "test"])[] = [
  [0.76, "web"],
  [0.09, "pos"],
  [0.06, "draft"],
  [0.05, "renewal"],
  [0.03, "channel_app"],
  [0.01, "test"],
];

const COUNTRIES: readonly (readonly [number, string, string | null])[] = [
  [0.62, "US", null],
  [0.08, "CA", "CAD"],
  [0.1, "GB", "GBP"],
  [0.09, "DE", "EUR"],
  [0.07, "FR", "EUR"],
  [0.04, "NL", "EUR"],
];

function draw<Item extends readonly [number, ...unknown[]]>(random: Random, items: readonly Item[]): Item {
  let left = random.next();
  const [first] = items;
  const found = items.find(([share]) => (left -= share) < 0) ?? first;
  if (!found) throw new Error("nothing to draw from");
  return found;
}

function planOrder(random: Random, at: number, adBlockers: number, hasEmbed: boolean): PlannedOrder {
  const [, kind] = draw(random, KINDS);
  const discount = random.chance(0.15) ? { discountPercent: random.pick([10, 15, 25]) } : {};
  if (kind !== "web" && kind !== "test") {
    const wish = { kind, country: "US", at, ...discount, noteAttributes: [] };
    return { kind: "order", at, wish, browser: "silent", consent: {} };
  }
  const [, country, currency] = draw(random, COUNTRIES);
  const asksConsent = country !== "US" && country !== "CA";
  const said = drawConsent(random, asksConsent);
  const isBlocked = random.chance(adBlockers);
  const mayReport = said !== "refused" && !(said === "unknown" && asksConsent);
  const browser = conductOf(random, isBlocked, mayReport);
  const traces = hasEmbed ? drawTraces(random, at, isBlocked) : {};
  const attributes = hasEmbed ? attributesOf(said, traces) : [];
  const presentment = currency !== null && random.chance(0.7) ? { presentment: currency } : {};
  const test = kind === "test" ? { test: true } : {};
  return {
    kind: "order",
    at,
    wish: { kind: "web", country, at, noteAttributes: attributes, ...presentment, ...discount, ...test },
    browser,
    consent: said === "unknown" ? {} : { marketing: true, analytics: true, saleOfData: said !== "limited" },
    ...(said === "refused" ? {} : traces),
  };
}

type Said = "granted" | "limited" | "refused" | "unknown";

function drawConsent(random: Random, asksConsent: boolean): Said {
  const shares: readonly (readonly [number, Said])[] = asksConsent
    ? [
        [0.78, "granted"],
        [0.13, "refused"],
        [0.09, "unknown"],
      ]
    : [
        [0.82, "granted"],
        [0.04, "limited"],
        [0.02, "refused"],
        [0.12, "unknown"],
      ];
  return draw(random, shares)[1];
}

/** Some blockers stop Meta only, and the pixel can say so; others stop every pixel. */
function conductOf(random: Random, isBlocked: boolean, mayReport: boolean): BrowserConduct {
  if (!mayReport) return "silent";
  if (isBlocked) return random.chance(0.6) ? "blocked" : "silent";
  return random.chance(0.03) ? "silent" : "fires";
}

function drawTraces(random: Random, at: number, isBlocked: boolean): { fbp?: string; fbc?: string } {
  const visited = at - random.int(1, 20 * 24) * HOUR;
  return {
    ...(random.chance(isBlocked ? 0.4 : 0.93)
      ? { fbp: `fb.1.${visited}.${random.int(100_000_000, 2_147_483_647)}` }
      : {}),
    ...(random.chance(0.38)
      ? { fbc: `fb.1.${at - random.int(1, 120) * HOUR}.IwZX${random.text(24)}_aem_${random.text(8)}` }
      : {}),
  };
}

const ATTRIBUTE: Readonly<Record<Said, string | null>> = {
  granted: "m1a1p1s1",
  limited: "m1a1p1s0",
  refused: "m0a0p0s0",
  unknown: null,
};

function attributesOf(said: Said, traces: { readonly fbp?: string; readonly fbc?: string }) {
  const code = ATTRIBUTE[said];
  const consent = code === null ? [] : [{ name: "_tandem_consent", value: code }];
  if (said === "refused") return consent;
  return [
    ...(traces.fbp ? [{ name: "_fbp", value: traces.fbp }] : []),
    ...(traces.fbc ? [{ name: "_fbc", value: traces.fbc }] : []),
    ...consent,
  ];
}
