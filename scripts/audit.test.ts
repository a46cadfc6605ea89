import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { plantFiles, type PlantedEvent } from "#tests/setup/plant-files.ts";

import { runAudit } from "./audit.ts";

const now = Date.parse("2026-12-31T12:00:00Z");
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "tandem-audit-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, content: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};

interface Answer {
  readonly findings: readonly {
    readonly code: string;
    readonly severity: string;
    readonly since: string | null;
    readonly orders: number | null;
    readonly worth: readonly { readonly amount: number }[];
    readonly title: string;
  }[];
  readonly cleared: readonly string[];
  readonly untestable: readonly { readonly code: string; readonly why: string }[];
}

async function audit(files: { readonly orders: string; readonly events?: string }): Promise<Answer> {
  const events = files.events === undefined ? [] : ["--events", put("meta.csv", files.events)];
  const { exitCode, output } = await runAudit(
    ["--orders", put("orders.csv", files.orders), ...events, "--json"],
    { now },
  );
  expect(exitCode, output).toBe(0);
  return JSON.parse(output) as Answer;
}

const codes = ({ findings }: Answer) => findings.map(({ code }) => code).sort();
const change = (part: Partial<PlantedEvent>, side?: string) => (events: readonly PlantedEvent[]) =>
  events.map((event) => (side === undefined || event.side === side ? { ...event, ...part } : event));

it("finds nothing in healthy files", async () => {
  const answer = await audit(plantFiles(200));
  expect(codes(answer)).toEqual([]);
  expect(answer.cleared).toEqual(expect.arrayContaining(["idForms", "orderWithoutEvent", "eventIdForm"]));
});

it.each([
  [
    "another ID on one side from the 150th order on",
    {
      events: (e: readonly PlantedEvent[], i: number) =>
        i < 150 ? e : e.map((x) => (x.side === "Server" ? { ...x, id: `shopify_${x.id}` } : x)),
    },
    ["eventIdForm", "idForms"],
  ],
  [
    "purchases without an ID",
    {
      events: (e: readonly PlantedEvent[], i: number) =>
        i % 20 === 0 ? change({ id: "" }, "Browser")(e) : e,
    },
    ["purchaseWithoutId"],
  ],
  [
    "random IDs of another sender",
    {
      events: (e: readonly PlantedEvent[], i: number) => [
        ...e,
        ...(i % 5 === 0 ? [{ ...(e[0] as PlantedEvent), id: `sh-${i}ab-77-4c${i}` }] : []),
      ],
    },
    ["eventWithoutOrder"],
  ],
  [
    "lost events",
    { events: (e: readonly PlantedEvent[], i: number) => (i % 8 === 0 ? [] : e) },
    ["orderWithoutEvent"],
  ],
  [
    "the server twice",
    { events: (e: readonly PlantedEvent[], i: number) => (i === 40 ? [...e, ...e.slice(0, 1)] : e) },
    ["sentTwice"],
  ],
  [
    "a purchase an hour before its payment",
    {
      events: (e: readonly PlantedEvent[], i: number) =>
        i === 40 ? change({ at: "2026-11-06 09:00:00 -0500" })(e) : e,
    },
    ["sentBeforePayment"],
  ],
  [
    "values of something else on the server",
    {
      events: (e: readonly PlantedEvent[], i: number) => (i % 10 === 0 ? change({ value: "5500.00" })(e) : e),
    },
    ["amountDiffers"],
  ],
  [
    "a value of its own on one side",
    {
      events: (e: readonly PlantedEvent[], i: number) =>
        i === 40 ? change({ value: "1.00" }, "Browser")(e) : e,
    },
    ["valuesDiffer"],
  ],
  [
    "another currency",
    {
      events: (e: readonly PlantedEvent[], i: number) => (i % 20 === 0 ? change({ currency: "CAD" })(e) : e),
    },
    ["currencyDiffers"],
  ],
] as const)("names %s and nothing else", async (_, plant, expected) => {
  expect(codes(await audit(plantFiles(200, plant)))).toEqual(expected);
});

it("names orders that are not paid, and tests that were sent", async () => {
  const files = plantFiles(200, {
    order: (order, index) => {
      if (index === 40) return { ...order, status: "pending" };
      return index === 50 ? { ...order, gateway: "(for testing) Bogus Gateway" } : order;
    },
  });
  const answer = await audit(files);
  expect(codes(answer)).toEqual(["sentBeforePayment", "testSent"]);
  expect(answer.findings.find(({ code }) => code === "sentBeforePayment")).toMatchObject({
    title: "Purchases sent before the payment: 1, of these for orders that are not paid: 1",
    orders: 1,
    since: "2026-11-06",
    worth: [{ amount: 55 }],
  });
});

it("says how to mend it where Tandem is not installed", async () => {
  const files = plantFiles(200, {
    events: (events, index) => change({ id: `shopify_${1001 + index}` }, "Server")(events),
  });
  const { output } = await runAudit(
    ["--orders", put("orders.csv", files.orders), "--events", put("meta.csv", files.events)],
    { now },
  );
  expect(output).toContain("1. 200 orders have different event IDs on their two copies");
  expect(output).toContain("Find out how each side makes its ID");
  expect(output).toContain("- shopify_[number]: orders 200");
  expect(output).not.toContain("Tandem carry");
});

it("says worst first, with counts, worth and since", async () => {
  const files = plantFiles(200, {
    events: (events, index) =>
      index < 150 ? events : change({ id: `shopify_${1001 + index}` }, "Server")(events),
  });
  const [worst] = (await audit(files)).findings;
  // The 151st order is of 19 November: eight a day.
  expect(worst).toMatchObject({
    code: "eventIdForm",
    severity: "critical",
    orders: 50,
    since: "2026-11-19",
    worth: [{ amount: 2750, currency: "USD" }],
  });
});

it("holds just under its thresholds", async () => {
  const files = plantFiles(200, {
    // The first and the last day do not count: 9 of 184 orders are 4.9 %.
    events: (events, index) => (index > 10 && index % 20 === 10 ? [] : events),
  });
  expect(codes(await audit(files))).toEqual([]);
});

it("compares a file of totals by its numbers", async () => {
  const { orders } = plantFiles(80);
  const days = Array.from({ length: 10 }, (_, index) => `2026-11-${String(index + 1).padStart(2, "0")}`);
  const totals = (server: number) =>
    `Date,Event name,Browser,Server\n${days.map((day) => `${day},Purchase,7,${server}`).join("\n")}\n`;
  expect(codes(await audit({ orders, events: totals(8) }))).toEqual([]);
  expect(codes(await audit({ orders, events: totals(16) }))).toEqual(["totalsDiffer"]);
});

it("tests of orders alone what they tell, and says of the rest that it is not in the files", async () => {
  const answer = await audit({ orders: plantFiles(40).orders });
  expect(codes(answer)).toEqual([]);
  expect(answer.cleared).toEqual(["moneyOdd"]);
  expect(answer.untestable).toEqual(
    expect.arrayContaining([
      { code: "idForms", why: "not_in_files" },
      { code: "tokenRejected", why: "not_in_files" },
    ]),
  );
});

it("writes the report as one file, with the agency's name, and prints no buyer", async () => {
  const { orders, events } = plantFiles(200, {
    events: (each, index) => (index === 40 ? [...each, ...each.slice(0, 1)] : each),
  });
  const html = path.join(folder, "report.html");
  const files = ["--orders", put("orders.csv", orders), "--events", put("meta.csv", events)];
  const { output } = await runAudit([...files, "--html", html, "--agency", "North & Co"], { now });
  const report = readFileSync(html, "utf8");
  for (const text of [output, report]) {
    expect(text).toContain("Orders that the same side sent more than once: 1");
    expect(text).toContain("Order #1041 of 2026-11-06");
    expect(text).toContain("orders.csv: 200 orders (200 paid), 2026-11-01 to 2026-11-25");
    expect(text).not.toMatch(/\b(jane|doe|berlin)\b/i);
  }
  expect(report).toContain("North &amp; Co");
});

it("says one order and one purchase as one", async () => {
  const { orders, events } = plantFiles(1);
  const files = ["--orders", put("orders.csv", orders), "--events", put("meta.csv", events)];
  const { output } = await runAudit(files, { now });
  expect(output).toContain("orders.csv: 1 order (1 paid), 2026-11-01 to 2026-11-01");
  expect(output).toMatch(/meta\.csv: single purchases: \d+; days with figures: \d+/);
});

it.each([
  [[], 2, "--orders FILE is missing"],
  [["--nope"], 2, "unknown option '--nope'"],
  [["--orders", "a.csv", "b.csv"], 2, "too many arguments"],
  [["--orders"], 2, "--orders"],
  [["--orders", "/nowhere/orders.csv"], 1, "orders.csv: The file cannot be read (ENOENT)."],
  [["--orders", "."], 1, "The file cannot be read (EISDIR)."],
] as const)("answers %j with %i and one clear line", async (args, exitCode, words) => {
  const outcome = await runAudit([...args], { now });
  expect(outcome).toMatchObject({ exitCode, output: expect.stringContaining(words) });
});

it("lists its options with a line each", async () => {
  const { exitCode, output } = await runAudit(["--help"], { now });
  expect(exitCode).toBe(0);
  for (const option of ["--orders", "--events", "--html", "--agency", "--json", "-h, --help"])
    expect(output).toMatch(new RegExp(`^  ${option} .+$`, "m"));
});

it("names the file, the line and the column of a fault in either file", async () => {
  const { orders, events } = plantFiles(3);
  const bad = events.replace("55.00,USD", "x,USD");
  const files = ["--orders", put("orders.csv", orders), "--events", put("meta.csv", bad)];
  expect(await runAudit(files, { now })).toEqual({
    exitCode: 1,
    output: "audit: meta.csv, line 2, column Value: This is no number. Expected: 1234.56.",
  });
});
