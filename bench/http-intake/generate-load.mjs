/**
 * Signed `orders/paid` webhooks, each of an order of its own unless a share of duplicates is asked for, from a process of
 * its own: `node generate-load.mjs '{"url":…}'`. Prints one JSON line.
 */
import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import process from "node:process";

import { loadPackage } from "../packages/load-package.ts";

/**
 * @typedef {object} Load
 * @property {string} url
 * @property {string} secret
 * @property {number} connections
 * @property {number} seconds
 * @property {number} from the first order's ID
 * @property {readonly string[]} shops Zipf: the first sells most
 * @property {number} [perSecond] absent = as fast as it goes
 * @property {number} [duplicates] share of webhooks that repeat an earlier order
 */

/** @type {Load} */
const load = JSON.parse(process.argv[2] ?? "{}");
const PATH = "/webhooks/orders/paid";
const FILE = "tests/orders/01_web_usd_discount_fbp_noteattrs.json";
// Which shop an order is of is checked by the number in its status page's address: these are orders of many shops.
const order = JSON.parse(
  readFileSync(FILE, "utf8")
    .replaceAll(/20\d\d-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, new Date().toISOString())
    .replaceAll(/\/\d+\/orders\//g, "/orders/"),
);

/** As Shopify writes it, without a space too many; number, name and tokens are each order's own. */
function bodyOf(/** @type {number} */ id) {
  const token = String(id).padStart(32, "0");
  return JSON.stringify({
    ...order,
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    order_number: id,
    number: id,
    name: `#${id}`,
    token,
    checkout_token: token,
    cart_token: token,
  });
}

/** Cumulative shares of a Zipf distribution. */
const shares = load.shops.map((_, rank) => 1 / (rank + 1));
const sum = shares.reduce((all, each) => all + each, 0);
let reached = 0;
const bounds = shares.map((each) => (reached += each / sum));

/** @type {Map<number, { id: number, body: string, shop: string }>} */
const recent = new Map();
/** Orders that were answered 2xx. @type {Set<number>} */
const acknowledged = new Set();
let sent = 0;
let orders = 0;

function next() {
  sent += 1;
  if (load.duplicates && recent.size > 0 && Math.random() < load.duplicates) {
    const back = Math.floor(Math.random() * recent.size);
    const again = recent.get(orders - 1 - back);
    if (again) return again;
  }
  const order = { id: load.from + orders, body: bodyOf(load.from + orders), shop: pick() };
  if (load.duplicates) {
    recent.set(orders, order);
    recent.delete(orders - 500);
  }
  orders += 1;
  return order;
}

function pick() {
  const at = Math.random();
  let low = 0;
  let high = bounds.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bounds[middle] ?? 1) < at) low = middle + 1;
    else high = middle;
  }
  return load.shops[low] ?? "";
}

const { default: autocannon } = await loadPackage("autocannon");
const result = await autocannon({
  url: load.url + PATH,
  connections: load.connections,
  duration: load.seconds,
  timeout: 30,
  ...(load.perSecond ? { overallRate: load.perSecond } : {}),
  requests: [
    {
      method: "POST",
      path: PATH,
      /** @param {object} request @param {{ id?: number }} context one connection's */
      setupRequest: (request, context) => {
        const { id, body, shop } = next();
        context.id = id;
        return {
          ...request,
          body,
          headers: {
            "content-type": "application/json",
            "x-shopify-topic": "orders/paid",
            "x-shopify-shop-domain": shop,
            "x-shopify-api-version": "2026-10",
            "x-shopify-webhook-id": randomUUID(),
            "x-shopify-hmac-sha256": createHmac("sha256", load.secret).update(body).digest("base64"),
          },
        };
      },
      /** @param {number} status @param {string} _body @param {{ id?: number }} context */
      onResponse: (status, _body, context) => {
        if (status >= 200 && status < 300 && context.id !== undefined) acknowledged.add(context.id);
      },
    },
  ],
});
process.stdout.write(
  `${JSON.stringify({
    perSecond: Math.round(result["2xx"] / result.duration),
    answered: result["2xx"],
    refused: result.non2xx,
    errors: result.errors + result.timeouts,
    p50: result.latency.p50,
    p99: result.latency.p99,
    sent,
    orders,
    unacknowledged: Array.from({ length: orders }, (_, at) => load.from + at).filter(
      (id) => !acknowledged.has(id),
    ),
  })}\n`,
);
