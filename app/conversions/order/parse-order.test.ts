import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { parseJson, parseOrder, parseOrderValue } from "./parse-order.ts";

describe("what is no order is refused with a reason", () => {
  test.each([
    ["", "not_json"],
    ["{", "not_json"],
    ['{"id":1}x', "not_json"],
    ["undefined", "not_json"],
    ["\u0000".repeat(1000), "not_json"],
    ['{"id": 01234567890123456}', "not_json"],
    ["null", "not_an_object"],
    ["[]", "not_an_object"],
    ['[{"id":1}]', "not_an_object"],
    ['"order"', "not_an_object"],
    ["42", "not_an_object"],
    ["{}", "no_order_id"],
    ['{"id":null}', "no_order_id"],
    ['{"id":""}', "no_order_id"],
    ['{"ID":1}', "no_order_id"],
    ['{"id":0}', "order_id_not_digits"],
    ['{"id":-5}', "order_id_not_digits"],
    ['{"id":1.5}', "order_id_not_digits"],
    ['{"id":1e30}', "order_id_not_digits"],
    ['{"id":true}', "order_id_not_digits"],
    ['{"id":{}}', "order_id_not_digits"],
    ['{"id":"gid://shopify/Order/1"}', "order_id_not_digits"],
    ['{"id":"12a"}', "order_id_not_digits"],
    ['{"id":"000"}', "order_id_not_digits"],
    [`{"id":"${"9".repeat(21)}"}`, "order_id_not_digits"],
    [`{"id":12345678901234567890,"x":${"[".repeat(200_000)}${"]".repeat(200_000)}}`, "too_deep"],
  ])("%.60s → %s", (text, code) => {
    const parsed = parseOrder(text);
    expect(parsed.ok ? "accepted" : parsed.problem.code).toBe(code);
  });
});

describe("IDs keep every digit", () => {
  test.each([
    ["1", "1"],
    ["6100000000001", "6100000000001"],
    ["9007199254740991", "9007199254740991"],
    ["9007199254740993", "9007199254740993"],
    ["820982911946154508", "820982911946154508"],
    ["18446744073709551615", "18446744073709551615"],
    ['"820982911946154508"', "820982911946154508"],
    ['" 77 "', "77"],
  ])("%s → %s", (id, expected) => {
    for (const text of [`{"id":${id}}`, `{ "id" : ${id} }`, `{"a":[${id}],"id":\n${id}}`]) {
      const parsed = parseOrder(text);
      expect(parsed.ok && parsed.order.id).toBe(expected);
    }
  });

  test("an ID that lost digits before us is refused, not guessed", () => {
    expect(parseOrderValue({ id: 2 ** 53 + 2 })).toMatchObject({
      ok: false,
      problem: { code: "order_id_not_digits" },
    });
    expect(parseOrderValue({ id: 820982911946154508n })).toMatchObject({
      ok: true,
      order: { id: "820982911946154508" },
    });
  });
});

test("a field of the wrong type reads as absent", () => {
  const odd = [null, true, 7.5, [], {}, "", "   "];
  const names = [
    "email",
    "customer",
    "billing_address",
    "line_items",
    "note_attributes",
    "client_details",
    "processed_at",
  ];
  for (const value of odd) {
    const parsed = parseOrderValue({ id: 1, ...Object.fromEntries(names.map((name) => [name, value])) });
    expect(parsed).toMatchObject({ ok: true, order: { id: "1", lines: [], test: false } });
    expect(parsed.ok && parsed.order.processedAt).toBeUndefined();
  }
});

describe("times", () => {
  test.each([
    ["2025-10-23T23:52:57-07:00", 1_761_288_777],
    ["2025-10-24T06:52:57Z", 1_761_288_777],
    ["2025-10-24T12:22:57+05:30", 1_761_288_777],
    ["2025-10-24T06:52:57.999Z", 1_761_288_777],
    ["2025-10-26T02:30:00+02:00", 1_761_438_600], // the hour that comes twice when summer time ends
    ["2025-10-26T02:30:00+01:00", 1_761_442_200],
    ["2025-10-23T23:52:57", undefined], // would depend on this machine's time zone
    ["2025-10-23", undefined],
    ["1761288777", undefined],
    ["yesterday", undefined],
    ["2025-13-01T00:00:00Z", undefined],
    ["0000-01-01T00:00:00Z", undefined],
  ])("%s → %s", (text, seconds) => {
    const parsed = parseOrderValue({ id: 1, processed_at: text });
    const time = parsed.ok ? parsed.order.processedAt : undefined;
    expect(time === undefined ? undefined : Math.floor(time / 1000)).toBe(seconds);
  });

  test("the payment's time is that of the last successful sale or capture", () => {
    const parsed = parseOrderValue({
      id: 1,
      transactions: [
        { kind: "AUTHORIZATION", status: "SUCCESS", processed_at: "2025-10-30T00:00:00Z" },
        { kind: "CAPTURE", status: "SUCCESS", processed_at: "2025-10-25T00:00:00Z" },
        { kind: "capture", status: "success", processed_at: "2025-10-26T00:00:00Z" },
        { kind: "sale", status: "failure", processed_at: "2025-10-27T00:00:00Z" },
        null,
      ],
    });
    expect(parsed.ok && parsed.order.paidAt).toBe(Date.parse("2025-10-26T00:00:00Z"));
  });
});

test("a byte order mark before the JSON is no reason to lose an order", () => {
  expect(parseOrder('\ufeff{"id":1}').ok).toBe(true);
});

describe("whole numbers keep their digits", () => {
  const digits = (most: number) => fc.stringMatching(new RegExp(`^[1-9][0-9]{0,${most - 1}}$`));

  test("wherever they stand, however long they and their neighbours are", () => {
    const piece = fc.oneof(
      digits(25),
      digits(25).map((text) => `-${text}`),
      digits(25).map((text) => JSON.stringify(text)),
      fc.string({ maxLength: 40 }).map((text) => JSON.stringify(text)),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 12 }),
        fc.constantFrom("", " ", "\n\t"),
        (pieces, gap) => {
          const read = parseJson(`[${pieces.map((each) => gap + each).join(",")}]`);
          const expected = pieces.map((each) =>
            each.startsWith('"')
              ? (JSON.parse(each) as string)
              : Number.isSafeInteger(Number(each))
                ? Number(each)
                : each,
          );
          expect(read).toEqual({ value: expected });
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test("at every distance from the text's beginning", () => {
    for (let before = 0; before < 50; before += 1)
      expect(parseJson(`{"${"a".repeat(before)}":9007199254740993}`)).toEqual({
        value: { ["a".repeat(before)]: "9007199254740993" },
      });
  });
});
