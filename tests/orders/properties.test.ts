/** What must hold for every order, also for those that nobody thought of. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildConversion } from "#app/conversions/build-conversion.ts";
import { buildServerEvent } from "#app/meta/build-server-event.ts";
import { drop, type Normalised } from "#app/conversions/clean-text.ts";
import { DEFAULT_SETTINGS } from "#app/conversions/settings/settings.ts";
import type { Conversion } from "#app/conversions/model.ts";
import type { ConversionSettings } from "#app/conversions/settings/settings.ts";
import { normaliseEmail } from "#app/conversions/customer/normalise-email.ts";
import { normaliseCity } from "#app/conversions/customer/normalise-city.ts";
import { normaliseName } from "#app/conversions/customer/normalise-name.ts";
import { normalisePhone } from "#app/conversions/customer/normalise-phone.ts";
import { normaliseZips } from "#app/conversions/customer/normalise-zip.ts";
import { parseOrder, parseOrderValue } from "#app/conversions/order/parse-order.ts";
import { ORDER_CASES, readOrderFile } from "./cases.ts";

const NOW = Date.parse("2025-10-24T12:00:00Z");
const EVERYTHING_ON: ConversionSettings = {
  ...DEFAULT_SETTINGS,
  sources: { web: true, pos: true, draft: true, subscription: true, other: true },
  consentPolicy: "merchant",
};
const HASH_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const FILES = [...new Set(ORDER_CASES.map((orderCase) => orderCase.order))];

function convert(value: unknown): Conversion {
  const parsed = parseOrderValue(value);
  if (!parsed.ok) throw new Error(parsed.problem.code);
  return buildConversion(parsed.order, EVERYTHING_ON, { now: NOW });
}

const anyText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.emailAddress(),
);

describe("normalising what is normalised changes nothing", () => {
  const normalisers: readonly (readonly [string, (raw: string) => Normalised])[] = [
    ["email", normaliseEmail],
    ["name", normaliseName],
    ["city", (raw) => normaliseCity(raw)[0] ?? normaliseName(raw)],
    ["zip", (raw) => normaliseZips(raw, "GB")[0] ?? drop("empty")],
    ["US zip", (raw) => normaliseZips(raw, "US")[0] ?? drop("empty")],
    ["phone", (raw) => normalisePhone(raw.startsWith("+") ? raw : `+${raw}`, undefined)],
  ];
  const phoneLike = fc.stringMatching(/^\+?[1-9][0-9 ().-]{6,16}$/);
  test.each(normalisers)("%s", (_name, normalise) => {
    fc.assert(
      fc.property(fc.oneof(anyText, phoneLike), (raw) => {
        const once = normalise(raw);
        if (once.ok) expect(normalise(once.value)).toStrictEqual(once);
      }),
    );
  });
});

/** Any JSON, and texts that have tripped others. */
const awkward = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  anyText,
  fc.constantFrom(
    "",
    " ",
    "\u0000",
    "\ud800",
    "NaN",
    "1,234.50",
    "-1",
    "1e400",
    "\u200f",
    "null",
    "9".repeat(40),
  ),
  fc.constantFrom<unknown>(null, true, [], {}, 0, -1, 1e308, 2 ** 53 + 2),
);

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, entry]) => pathsOf(entry, [...path, key]))];
}

function replaceAt(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.map((entry, index) => (String(index) === key ? replaceAt(entry, rest, replacement) : entry));
  }
  return { ...Object(value), [key]: replaceAt(Reflect.get(Object(value), key), rest, replacement) };
}

/** A real order with up to five of its values replaced by anything. */
const damagedOrder = fc.constantFrom(...FILES).chain((file) => {
  const order: unknown = JSON.parse(readOrderFile(file));
  const paths = pathsOf(order).filter((path) => path.length > 0 && path[0] !== "id");
  return fc
    .array(fc.tuple(fc.constantFrom(...paths), awkward), { maxLength: 5 })
    .map((damages) => damages.reduce<unknown>((value, [path, bad]) => replaceAt(value, path, bad), order));
});

describe("whatever an order holds", () => {
  test("the mapping answers, every key of the event is usable, and no time is in the future", () => {
    fc.assert(
      fc.property(damagedOrder, (order) => {
        const parsed = parseOrder(JSON.stringify(order));
        if (!parsed.ok) throw new Error(parsed.problem.code);
        const now = parsed.order.updatedAt ?? NOW;
        const conversion = buildConversion(parsed.order, EVERYTHING_ON, { now });
        const outcome = buildServerEvent(conversion, null, { now });
        if (outcome.kind === "skipped") return;
        const { event } = outcome;
        expect(event.event_time * 1000).toBeLessThanOrEqual(now);
        expect(event.event_id).toMatch(/^[0-9]{1,20}$/);
        expect(event.custom_data.value).toBeGreaterThanOrEqual(0);
        expect(event.custom_data.currency).toMatch(/^[A-Z]{3}$/);
        for (const value of Object.values(event.user_data)) {
          const entries: readonly string[] = typeof value === "string" ? [value] : value;
          expect(entries.length).toBeGreaterThan(0);
          expect(new Set(entries).size).toBe(entries.length);
          for (const entry of entries) expect(entry).not.toMatch(/^$|^null$|^undefined$/);
          expect(entries).not.toContain(HASH_OF_NOTHING);
          if (typeof value !== "string") for (const entry of entries) expect(entry).toMatch(/^[0-9a-f]{64}$/);
        }
        const text = JSON.stringify(event);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/\\u0000|\\ud[89a-f]|:null|:""/i);
      }),
      { numRuns: 1500 },
    );
  });

  test("the order of its JSON keys changes nothing", () => {
    const shufflable = FILES.filter((file) => !file.startsWith("18_")); // JSON.parse would break its ID
    fc.assert(
      fc.property(fc.constantFrom(...shufflable), fc.infiniteStream(fc.nat()), (file, random) => {
        const shuffled = shuffleKeys(JSON.parse(readOrderFile(file)), random);
        expect(convert(shuffled)).toStrictEqual(convert(JSON.parse(readOrderFile(file))));
      }),
      { numRuns: 40 },
    );
  });

  test("nothing throws, not even on what is no order at all", () => {
    fc.assert(fc.property(fc.anything(), (value) => void parseOrderValue(value)));
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseOrder(text)));
  });
});

function shuffleKeys(value: unknown, random: Iterator<number>): unknown {
  if (Array.isArray(value)) return value.map((entry) => shuffleKeys(entry, random));
  if (typeof value !== "object" || value === null) return value;
  const ranked = Object.entries(value).map(
    ([key, entry]) => [Number(random.next().value), key, entry] as const,
  );
  const shuffled = ranked.toSorted(([a], [b]) => a - b);
  return Object.fromEntries(shuffled.map(([, key, entry]) => [key, shuffleKeys(entry, random)]));
}

describe("personal values", () => {
  const word = fc.stringMatching(/^[A-Z][a-z]{7,12}$/);
  const person = fc.record({
    email: fc.emailAddress({ size: "-1" }).filter((email) => email.length > 10),
    first: word,
    last: word,
    city: word,
    street: word,
    phone: fc.integer({ min: 2000000, max: 9999999 }).map((digits) => `+1650${digits}`),
    zip: fc.integer({ min: 10000, max: 99999 }).map((digits) => `QZ${digits}`),
  });

  test("never stand raw in a conversion, outside of the client's address and user agent", () => {
    fc.assert(
      fc.property(person, ({ email, first, last, city, street, phone, zip }) => {
        const address = {
          ...{
            first_name: first,
            last_name: last,
            name: `${first} ${last}`,
            address1: street,
            city,
            phone,
            zip,
          },
          ...{ province: city, province_code: last, country: "Germany", country_code: "DE" },
        };
        const order = {
          ...Object(JSON.parse(readOrderFile("01_web_usd_discount_fbp_noteattrs.json"))),
          ...{ email, contact_email: email, phone, billing_address: address, shipping_address: address },
          customer: { id: 77, email, phone, first_name: first, last_name: last, default_address: address },
          note: `${first} ${phone}`,
          landing_site: `/account?email=${encodeURIComponent(email)}&name=${first}`,
          order_status_url: `https://shop.example.com/1/orders/2/authenticate?key=${last}&email=${email}`,
        };
        const { client: _client, ...rest } = convert(order);
        const stored = JSON.stringify(rest).toLowerCase();
        for (const raw of [email, first, last, city, street, phone, phone.slice(1), zip]) {
          expect(stored).not.toContain(raw.toLowerCase());
        }
      }),
    );
  });
});

test("different orders have different event IDs, by either rule", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.bigInt({ min: 1n, max: 2n ** 63n }), { minLength: 2 }), (ids) => {
      for (const eventIdRule of ["order_number", "order_id"] as const) {
        const eventIds = ids.map((id) => {
          const parsed = parseOrder(`{"id": ${id}, "order_number": ${id}}`);
          if (!parsed.ok) throw new Error(parsed.problem.code);
          return buildConversion(parsed.order, { ...EVERYTHING_ON, eventIdRule }, { now: NOW }).eventId;
        });
        expect(eventIds).toStrictEqual(ids.map(String));
      }
    }),
  );
});
