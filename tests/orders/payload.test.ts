/** `npm run payload` as a person or a script uses it: real process, real files, no environment. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runPayload } from "../../scripts/payload.ts";
import { ORDER_CASES, readExpected } from "./cases.ts";
import type { OrderCase } from "./cases.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FIXTURE = join(ROOT, "tests/orders/01_web_usd_discount_fbp_noteattrs.json");
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tandem-payload-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The command as a process of its own, with nothing of ours in its environment. */
function spawnPayload(...args: readonly string[]) {
  const command = [join(ROOT, "scripts/payload.ts"), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: ROOT,
    encoding: "utf8",
    env: { NODE_ENV: "production" },
  });
  return { status, stdout, stderr };
}

function write(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

function argumentsOf({ name, order, report, settings, now }: OrderCase): string[] {
  return [
    join(ROOT, "tests/orders", order),
    ...(report === undefined ? [] : ["--report", write(`${name}-report.json`, JSON.stringify(report))]),
    ...(settings === undefined
      ? []
      : ["--settings", write(`${name}-settings.json`, JSON.stringify(settings))]),
    ...(now === undefined ? [] : ["--now", now]),
  ];
}

test.each(ORDER_CASES)("prints $name as JSON", (orderCase) => {
  const { exitCode, output } = runPayload(argumentsOf(orderCase));
  const expected = Object(readExpected(orderCase.name));
  expect(exitCode).toBe(0);
  expect(JSON.parse(output)).toStrictEqual(expected.event ?? expected);
});

test("works as a process that is configured by nothing", () => {
  const good = spawnPayload(FIXTURE);
  expect({ status: good.status, stderr: good.stderr }).toStrictEqual({ status: 0, stderr: "" });
  expect(JSON.parse(good.stdout)).toMatchObject({ event_id: "923177" });
  const bad = spawnPayload("no-such.json");
  expect(bad).toStrictEqual({ status: 2, stdout: "", stderr: "payload: cannot read no-such.json: ENOENT\n" });
});

test("--explain says where each key came from and prints no raw personal value", () => {
  const { exitCode, output } = runPayload([FIXTURE, "--explain"]);
  const { event, explain } = JSON.parse(output);
  expect(exitCode).toBe(0);
  expect(event.event_id).toBe("923177");
  const sentKeys = [
    ...Object.keys(event.user_data),
    "event_id",
    "event_time",
    "event_source_url",
    "value",
    "currency",
  ];
  expect(Object.keys(explain.keys)).toEqual(expect.arrayContaining(sentKeys));
  expect(explain.keys.em).toBe("order.email, order.contact_email, order.customer.email");
  expect(explain.consent).toStrictEqual({ kind: "send", evidence: "none" });
  const personal = [
    'example.com"',
    "buyer",
    "jane",
    "doe",
    "arlington",
    "76012",
    "5550100",
    "203.0.113",
    "mozilla",
  ];
  for (const raw of personal) expect(output.toLowerCase()).not.toContain(raw);
});

test("--explain names what was dropped, also where nothing is sent", () => {
  const { output } = runPayload([join(ROOT, "tests/orders/23_country_only.json"), "--explain"]);
  const { skipped, explain } = JSON.parse(output);
  expect(skipped).toBe("thin_identity");
  expect(explain.dropped).toStrictEqual([
    { key: "client_ip_address", from: "order.browser_ip", reason: "private_address" },
  ]);
});

test("--help lists every setting that a file may hold, with its values and its default", () => {
  const { exitCode, output } = runPayload(["--help"]);
  expect(exitCode).toBe(0);
  expect(output).toMatch(/^Usage: npm run payload -- \[options\] <order>/);
  for (const line of [
    '  eventIdRule: order_number | order_id\n      default: "order_number"',
    '  valueBasis: total | without_tax | without_shipping | subtotal\n      default: "total"',
    '  currencySide: shop | presentment\n      default: "shop"',
    '  contentId: product | variant | sku | shopify_catalogue\n      default: "product"',
    "  customerSegmentation: true | false\n      default: true",
    "  sources: { web, pos, draft, subscription, other }: each true | false",
    '  exclude: [{ "by": source | app | tag | gateway, "value": text of 1 to 100 characters }], at most 50',
    '  consentPolicy: strict | regional | merchant\n      default: "regional"',
    "  catalogueCountry: an ISO country code such as US",
  ])
    expect(output).toContain(line);
  expect(output).not.toContain("retentionDays");
});

describe("wrong input is one line that says what is wrong, exit 2", () => {
  test.each([
    ["no file", () => [], /^payload: error: missing required argument 'order' .*--help/],
    [
      "two files",
      () => [FIXTURE, FIXTURE],
      /^payload: error: too many arguments.* Expected 1 argument but got 2/,
    ],
    ["an unknown flag", () => [FIXTURE, "--colour"], /--colour/],
    ["a flag without value", () => [FIXTURE, "--now"], /--now/],
    ["a file that is not there", () => ["no-such.json"], /cannot read no-such\.json: ENOENT/],
    ["a folder", () => [ROOT], /cannot read .*: EISDIR/],
    ["not JSON", () => [write("bad.json", "{")], /is not JSON\. \(not_json\)/],
    ["an array", () => [write("array.json", "[]")], /not_an_object/],
    ["no order ID", () => [write("no-id.json", "{}")], /no_order_id/],
    ["--now that is no time", () => [FIXTURE, "--now", "tomorrow"], /--now wants a time/],
    [
      "unknown setting",
      () => [FIXTURE, "--settings", write("s1.json", '{"colour":1}')],
      /unknown setting "colour"/,
    ],
    [
      "unknown value",
      () => [FIXTURE, "--settings", write("s2.json", '{"valueBasis":"net"}')],
      /"valueBasis" must be/,
    ],
    [
      "settings not JSON",
      () => [FIXTURE, "--settings", write("s3.json", "valueBasis: net")],
      /s3\.json is not JSON/,
    ],
    [
      "a report that is none",
      () => [FIXTURE, "--report", write("r1.json", "[]")],
      /a browser report is a JSON object/,
    ],
    [
      "a report without token",
      () => [FIXTURE, "--report", write("r2.json", '{"checkoutToken":7}')],
      /checkoutToken/,
    ],
  ])("%s", (_title, args, message) => {
    const { exitCode, output } = runPayload(args());
    expect(exitCode).toBe(2);
    expect(output).toMatch(message);
    expect(output).not.toContain("\n");
  });
});
