import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { buildConversion } from "#app/conversions/build-conversion.ts";
import { parseOrder } from "#app/conversions/order/parse-order.ts";
import { DEFAULT_SETTINGS } from "#app/conversions/settings/settings.ts";
import { buildServerEvent } from "#app/meta/build-server-event.ts";

import { buildWithSdk } from "./mapping/build-with-sdk.mjs";

const FILES = [
  "01_web_usd_discount_fbp_noteattrs.json",
  "02_web_multicurrency_eur_gbp_giftcard_ipv6.json",
  "04_draft_order_pkr_manual_prefix.json",
];
const WARM_UP = 1_000;
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? "7");
const PER_ROUND = 1_000;

/** Microseconds an order; the median of the rounds. */
interface Timing {
  readonly name: string;
  readonly bytes: number;
  /** From the text of the order to the event as Meta gets it. */
  readonly sdk: number;
  readonly tandem: number;
  /** The parts of `tandem`: in the webhook (parse, build), and later in the worker (send). */
  readonly parse: number;
  readonly build: number;
  readonly send: number;
  /** How many times as fast as the SDK. */
  readonly ratio: number;
}

/**
 * From an order's text to the event as Meta gets it, beside Meta's own Node SDK on the same orders in the same run, by
 * turns on one core; with the orders' phones and without. The SDK strips a phone's signs and hashes; Tandem makes it
 * E.164 by its country's rules (libphonenumber), which is what Meta asks for.
 */
export function run(): Promise<object> {
  const orders = FILES.map((name) => ({ name, text: readOrderFile(name) }));
  const withPhones = orders.map(measure);
  const withoutPhones = orders.map(({ name, text }) => measure({ name, text: withoutPhone(text) }));
  return Promise.resolve({
    rounds: ROUNDS,
    withPhones: { ratioToSdk: overall(withPhones), orders: withPhones },
    withoutPhones: { ratioToSdk: overall(withoutPhones), orders: withoutPhones },
    target: { withoutPhones: 1 },
  });
}

/** Time of the SDK for all orders by Tandem's. */
function overall(timings: readonly Timing[]): number {
  const sum = (part: "sdk" | "tandem") => timings.reduce((all, each) => all + each[part], 0);
  return Number((sum("sdk") / sum("tandem")).toFixed(2));
}

function readOrderFile(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../tests/orders/${name}`, import.meta.url)), "utf8");
}

const withoutPhone = (text: string): string => text.replaceAll(/"phone":\s*"[^"]*"/g, '"phone": null');

function measure({ name, text }: { readonly name: string; readonly text: string }): Timing {
  const parsed = parseOrder(text);
  if (!parsed.ok) throw new Error(`${name}: ${parsed.problem.message}`);
  const now = parsed.order.updatedAt ?? 0;
  const build = () => buildConversion(parsed.order, DEFAULT_SETTINGS, { now });
  const conversion = build();
  const works = {
    sdk: () => buildWithSdk(text),
    tandem: () => {
      const read = parseOrder(text);
      return (
        read.ok && buildServerEvent(buildConversion(read.order, DEFAULT_SETTINGS, { now }), null, { now })
      );
    },
    parse: () => parseOrder(text),
    build,
    send: () => buildServerEvent(conversion, null, { now }),
  };
  const times = new Map<string, number[]>();
  for (const work of Object.values(works)) for (let turn = 0; turn < WARM_UP; turn += 1) work();
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [part, work] of Object.entries(works))
      times.set(part, [...(times.get(part) ?? []), timeOf(work)]);
  const median = (part: keyof typeof works) =>
    (times.get(part) ?? []).toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN;
  const tandem = median("tandem");
  return {
    name,
    bytes: text.length,
    sdk: median("sdk"),
    tandem,
    parse: median("parse"),
    build: median("build"),
    send: median("send"),
    ratio: Number((median("sdk") / tandem).toFixed(2)),
  };
}

/** Microseconds of one. */
function timeOf(work: () => unknown): number {
  const start = performance.now();
  for (let turn = 0; turn < PER_ROUND; turn += 1) work();
  return Math.round(((performance.now() - start) * 1e4) / PER_ROUND) / 10;
}
