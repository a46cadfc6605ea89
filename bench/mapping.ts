/** How fast an order becomes a hashed, storable conversion: the part of the webhook's answer time that is ours. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildConversion } from "#app/conversions/build-conversion.ts";
import { buildServerEvent } from "#app/meta/build-server-event.ts";
import { DEFAULT_SETTINGS } from "#app/conversions/settings/settings.ts";
import { parseOrder } from "#app/conversions/order/parse-order.ts";

const FILES = [
  "01_web_usd_discount_fbp_noteattrs.json",
  "02_web_multicurrency_eur_gbp_giftcard_ipv6.json",
  "04_draft_order_pkr_manual_prefix.json",
];
const WARM_UP_ROUNDS = 1000;
const ROUNDS = 5000;

interface Timing {
  readonly name: string;
  readonly bytes: number;
  readonly parseMicroseconds: number;
  readonly buildMicroseconds: number;
  readonly sendMicroseconds: number;
  readonly ordersPerSecond: number;
}

/** Parse, build and (for comparison) the later step to Meta's event, in microseconds an order, on one core. */
export async function run(): Promise<object> {
  const orders = FILES.map((name) => ({ name, text: readOrderFile(name) }));
  const timings = orders.map(({ name, text }) => measure(name, text));
  const perSecond = timings.map((timing) => timing.ordersPerSecond);
  return Promise.resolve({
    bench: "mapping",
    rounds: ROUNDS,
    ordersPerSecond: Math.round(perSecond.length / perSecond.reduce((sum, rate) => sum + 1 / rate, 0)),
    orders: timings,
  });
}

function readOrderFile(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../tests/orders/${name}`, import.meta.url)), "utf8");
}

function measure(name: string, text: string): Timing {
  const parsed = parseOrder(text);
  if (!parsed.ok) throw new Error(`${name}: ${parsed.problem.message}`);
  const now = parsed.order.updatedAt ?? 0;
  const conversion = buildConversion(parsed.order, DEFAULT_SETTINGS, { now });
  const parseMicroseconds = time(() => parseOrder(text));
  const buildMicroseconds = time(() => buildConversion(parsed.order, DEFAULT_SETTINGS, { now }));
  const sendMicroseconds = time(() => buildServerEvent(conversion, null, { now }));
  const ordersPerSecond = Math.round(1e6 / (parseMicroseconds + buildMicroseconds));
  return {
    name,
    bytes: text.length,
    parseMicroseconds,
    buildMicroseconds,
    sendMicroseconds,
    ordersPerSecond,
  };
}

function time(work: () => unknown): number {
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) work();
  const start = performance.now();
  for (let round = 0; round < ROUNDS; round += 1) work();
  return Math.round(((performance.now() - start) * 1e4) / ROUNDS) / 10;
}
