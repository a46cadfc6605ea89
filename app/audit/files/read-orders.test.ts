import { readFileSync } from "node:fs";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { inPieces, listOf } from "#tests/setup/read-text-file.ts";

import { FileProblem } from "./file-problem.ts";
import { readOrders } from "./read-orders.server.ts";

const NOW = Date.parse("2026-11-27T12:00:00Z");
const read = (content: string | Uint8Array, size?: number) =>
  listOf(readOrders(inPieces(content, size), "orders.csv", NOW));

const HEAD =
  "Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Billing Name,Billing City,Billing Country,Payment Method,Refunded Amount,Id,Tags,Source,Phone";
const FIRST =
  '#1001,jane@example.com,paid,2026-11-26 23:40:00 -0500,USD,50.00,5.00,4.00,59.00,2026-11-26 23:39:00 -0500,1,"Tee, large","Doe, Jane",Berlin,DE,Shopify Payments,9.00,6100000001001,vip,web,';
const MORE = "#1001,jane@example.com,,,,,,,,2026-11-26 23:39:00 -0500,2,Mug,,,,,,,,,";

const ORDER = {
  line: 2,
  name: "#1001",
  orderId: "6100000001001",
  number: "1001",
  day: "2026-11-26",
  paidAt: Date.parse("2026-11-27T04:40:00Z"),
  placedAt: Date.parse("2026-11-27T04:39:00Z"),
  isPaid: true,
  isTest: false,
  source: "web",
  currency: "USD",
  total: 59,
  // Total; without shipping, tax and both; less what was refunded (the same as without both here); subtotal and with tax …
  amounts: [59, 54, 55, 50, 46],
  country: "DE",
  keys: ["em", "fn", "ln", "ct", "country"],
  landedByAd: null,
};

describe("Shopify's export", () => {
  it("is read by order, whatever the rows of its lines", async () => {
    const second = FIRST.replace("#1001", "#1002").replace("6100000001001", "6100000001002");
    const orders = await read(`${HEAD}\n${FIRST}\n${MORE}\n${MORE}\n${second}\n`);
    expect(orders).toEqual([
      ORDER,
      { ...ORDER, line: 5, name: "#1002", number: "1002", orderId: "6100000001002" },
    ]);
  });

  it("keeps nothing of a buyer", async () => {
    const text = JSON.stringify(await read(`${HEAD}\n${FIRST}\n${MORE}\n`));
    expect(text).not.toMatch(/jane|doe|berlin|tee|mug|vip/i);
  });

  it.each([
    ["paid", true],
    ["Partially Refunded", true],
    ["partially_refunded", true],
    ["refunded", true],
    ["pending", false],
    ["authorized", false],
    ["voided", false],
    ["expired", false],
  ])("takes %s as paid: %s", async (status, isPaid) => {
    const [order] = await read(`${HEAD}\n${FIRST.replace(",paid,", `,${status},`)}\n`);
    expect(order?.isPaid).toBe(isPaid);
  });

  it("knows test orders by Shopify's test gateway, tills and drafts by their source", async () => {
    const rows = [
      FIRST.replace("Shopify Payments", "(for testing) Bogus Gateway"),
      FIRST.replace(",web,", ",pos,").replace("#1001", "#2"),
      FIRST.replace(",web,", ",shopify_draft_order,").replace("#1001", "#3"),
    ];
    const orders = await read(`${HEAD}\n${rows.join("\n")}\n`);
    expect(orders.map(({ isTest, source }) => [isTest, source])).toEqual([
      [true, "web"],
      [false, "pos"],
      [false, "draft"],
    ]);
  });

  it("does not know what a buyer gave where the columns are left out", async () => {
    const orders = await read(
      "Name;Financial Status;Created at;Currency;Total\n#1001;pending;2026-11-20 10:00:00 -0500;EUR;12,50\n",
    );
    expect(orders).toMatchObject([
      { keys: null, total: 12.5, day: "2026-11-20", paidAt: null, isPaid: false },
    ]);
  });
});

describe("orders of the Admin API", () => {
  const files = [
    "01_web_usd_discount_fbp_noteattrs.json",
    "02_web_multicurrency_eur_gbp_giftcard_ipv6.json",
    "04_draft_order_pkr_manual_prefix.json",
  ].map((name) => readFileSync(`tests/orders/${name}`, "utf8"));

  it.each([
    ["a list", `[${files.join(",\n")}]`],
    ["an order a line", files.map((text) => JSON.stringify(JSON.parse(text))).join("\n")],
    ["a page of the API", `{"orders":[${files.join(",")}]}`],
    ["one after the other", files.join("\n")],
  ])("are read as %s", async (_, content) => {
    const orders = await read(content, 1_000);
    expect(orders.map(({ name, source, currency, isTest }) => [name, source, currency, isTest])).toEqual([
      ["#MZBs923177", "web", "USD", false],
      [expect.any(String), "web", "EUR", false],
      ["->1003", "draft", "PKR", false],
    ]);
    expect(orders[0]).toMatchObject({ number: "923177", keys: expect.arrayContaining(["em", "country"]) });
    expect(JSON.stringify(orders)).not.toContain("@");
  });
});

const fault = async (content: string) =>
  read(content).then(
    () => "read",
    (error: unknown) => (error instanceof FileProblem ? error.message : error),
  );

it.each([
  [
    "no column of the status",
    "Name,Created at,Currency,Total\n",
    "orders.csv, line 1, column Financial Status: There is no such column. The first line of the file must name it.",
  ],
  [
    "a table of something else, whose first line is no names",
    "Jane Doe,jane@example.com,Berlin\n",
    "orders.csv, line 1, column Name: There is no such column. The first line of the file must name it.",
  ],
  [
    "a spreadsheet's own dates",
    `${HEAD}\n${FIRST.replace("2026-11-26 23:40:00 -0500", "11/26/2026 23:40")}\n`,
    "orders.csv, line 2, column Paid at: This is no date that can be read without doubt. Expected: 2026-11-26, 2026-11-26 10:31:22 -0500 or 1764171082.",
  ],
  [
    "a shifted row",
    `${HEAD}\n${FIRST}\n${FIRST.replace("#1001", "#1002").replace("59.00", "jane@example.com")}\n`,
    "orders.csv, line 3, column Total: This is no number. Expected: 1234.56.",
  ],
  [
    "an order without a name",
    `${HEAD}\n${FIRST.replace("#1001", "")}\n`,
    "orders.csv, line 2, column Name: This cell is empty.",
  ],
  [
    "an order without a status",
    `${HEAD}\n${FIRST.replace(",paid,", ",,")}\n`,
    "orders.csv, line 2, column Financial Status: This cell is empty.",
  ],
  [
    "JSON that is no order",
    `[{"id":1,"created_at":"2026-11-26T10:00:00Z"},\n{"name":"#2"}]`,
    "orders.csv, line 2: This is no order of Shopify’s Admin API: it has no “id”.",
  ],
  [
    "an order without a date",
    `{"id":1}`,
    "orders.csv, line 1, column processed_at: This is no date that can be read without doubt. Expected: 2026-11-26, 2026-11-26 10:31:22 -0500 or 1764171082.",
  ],
])("names the place of the fault in a file with %s", async (_, content, expected) => {
  expect(await fault(content)).toBe(expected);
});

it("ends any file with orders or with a named problem", async () => {
  const piece = fc.oneof(
    fc.constantFrom(HEAD, FIRST, MORE, '"', "\n", ",", "{", "}", "[", "]", '{"id":1,', '"orders":'),
    fc.string(),
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(piece, { maxLength: 20 }).map((parts) => Buffer.from(parts.join(""))),
  );
  await fc.assert(
    fc.asyncProperty(bytes, fc.integer({ min: 1, max: 64 }), async (content, size) => {
      const outcome = await read(content, size).catch((error: unknown) => error);
      if (!Array.isArray(outcome)) expect(outcome).toBeInstanceOf(FileProblem);
    }),
    { numRuns: 500 },
  );
});
