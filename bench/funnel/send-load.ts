/**
 * Requests at an even pace from a process of its own, whether or not the earlier ones are answered:
 * `node send-load.ts '{"kind":"orders",…}'`. Prints one JSON line.
 */
import { createHash, createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

import type { FunnelReport, ReportedEvent } from "../../extensions/contract/funnel-report.ts";
import type { LoadReport, LoadTask } from "./run-load.ts";

const task = JSON.parse(process.argv[2] ?? "{}") as LoadTask;
const agent = new Agent({ keepAlive: true, maxSockets: 500 });
const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

interface Sent {
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Called once it is answered 2xx. */
  readonly onTaken: () => void;
}

const taken: string[] = [];
let shed = 0;

/** Shopify's own order of 9 kB, under an ID and tokens of its own. */
function orderMaker(secret: string): (position: number, shop: string) => Sent {
  const sample = JSON.parse(
    readFileSync("tests/orders/01_web_usd_discount_fbp_noteattrs.json", "utf8")
      .replaceAll(/20\d\d-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, new Date().toISOString())
      .replaceAll(/\/\d+\/orders\//g, "/orders/"),
  ) as object;
  return (position, shop) => {
    const id = task.from + position;
    const token = String(id).padStart(32, "0");
    const body = JSON.stringify({
      ...sample,
      ...{ id, order_number: id, number: id, name: `#${id}` },
      admin_graphql_api_id: `gid://shopify/Order/${id}`,
      ...{ token, checkout_token: token, cart_token: token },
    });
    return {
      path: "/webhooks/orders/paid",
      body,
      headers: {
        "content-type": "application/json",
        "x-shopify-topic": "orders/paid",
        "x-shopify-shop-domain": shop,
        "x-shopify-api-version": "2026-10",
        "x-shopify-webhook-id": randomUUID(),
        "x-shopify-hmac-sha256": createHmac("sha256", secret).update(body).digest("base64"),
      },
      onTaken: () => taken.push(String(id)),
    };
  };
}

/** A page's three events: of every three visitors one is signed in and at the checkout. */
function makeEvents(position: number, shop: string): Sent {
  const now = Date.now();
  const number = task.from + position;
  const isKnown = position % 3 === 0;
  const names = isKnown
    ? ["ViewContent", "AddToCart", "InitiateCheckout"]
    : ["ViewContent", "ViewContent", "AddToCart"];
  const goods = ["8101", "8102", "8103"].map((id) => ({ id, quantity: 1, item_price: 19.9 }));
  const events = names.map((name, at): ReportedEvent => ({
    name,
    id: `sh-${String(number).padStart(12, "0")}-${at}-4B0C-9D2E-77AA5501CE10`,
    time: now - 1_000 + at,
    page: `https://${shop}/products/trail-bottle-with-a-handle-${at}`,
    outcome: at === 1 ? "blocked" : "sent",
    visitor: 0,
    parameters: {
      contents: name === "InitiateCheckout" ? goods : goods.slice(0, 1),
      content_ids: (name === "InitiateCheckout" ? goods : goods.slice(0, 1)).map(({ id }) => id),
      content_type: "product",
      content_name: "Trail bottle with a handle, 750 ml",
      num_items: 1,
      value: 19.9,
      currency: "USD",
    },
  }));
  const known = Object.fromEntries(
    ["em", "ph", "fn", "ln", "ct", "country", "external_id"].map((key) => [key, hashOf(`${key} ${number}`)]),
  );
  const report: FunnelReport = {
    v: 1,
    shop,
    sentAt: now,
    consent: { marketing: true, analytics: true, preferences: true, saleOfData: true },
    userAgent: `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Mobile/15E148 Safari/604.1`,
    visitors: [{ fbp: `fb.1.${now - 86_400_000}.${1_000_000_000 + number}`, ...(isKnown && { known }) }],
    events,
  };
  return {
    path: "/pixel/events",
    body: JSON.stringify(report),
    headers: {
      "content-type": "text/plain;charset=UTF-8",
      origin: "null",
      "x-forwarded-for": `81.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
    },
    onTaken: () => taken.push(...events.map(({ id }) => id)),
  };
}

const latencies: number[] = [];
const statuses: Record<string, number> = {};
let open = 0;

function send({ path, body, headers, onTaken }: Sent): void {
  const began = performance.now();
  open += 1;
  const done = (status: string): void => {
    open -= 1;
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  const posted = request(
    `${task.url}${path}`,
    { method: "POST", agent, headers: { ...headers, "content-length": Buffer.byteLength(body) } },
    (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      answer.on("end", () => {
        const status = answer.statusCode ?? 0;
        latencies.push(performance.now() - began);
        if (status >= 200 && status < 300) {
          const given = /"shed":(\d+)/.exec(text)?.[1] ?? "0";
          if (given === "0") onTaken();
          shed += Number(given);
        }
        done(String(status));
      });
    },
  );
  posted.on("error", () => done("error"));
  posted.end(body);
}

const make = task.kind === "orders" ? orderMaker(task.secret) : makeEvents;
const began = performance.now();
const all = Math.round(task.perSecond * task.seconds);
for (let position = 0; position < all;) {
  const due = Math.min(all, Math.floor(((performance.now() - began) / 1000) * task.perSecond) + 1);
  for (; position < due; position += 1) send(make(position, task.shops[position % task.shops.length] ?? ""));
  await sleep(2);
}
for (const end = performance.now() + 30_000; open > 0 && performance.now() < end;) await sleep(20);
latencies.sort((a, b) => a - b);
const at = (share: number): number =>
  Number((latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? NaN).toFixed(2));
const { user, system } = process.cpuUsage();
const report: LoadReport = {
  cpuSeconds: (user + system) / 1e6,
  sent: all,
  statuses,
  p50: at(0.5),
  p99: at(0.99),
  most: at(1),
  shed,
  taken,
};
process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
