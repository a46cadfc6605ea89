import { describe, expect, it } from "vitest";

import { shareStorefront } from "./share-storefront.ts";

const shop = shareStorefront();
const NOBODYS_TOKEN = "00000000000000000000000000000000";

interface Guess {
  readonly status: number;
  readonly body: string;
  readonly headers: readonly string[];
  readonly milliseconds: number;
}

/** One question to the app as a stranger would put it. */
async function guess(report: object): Promise<Guess> {
  const started = performance.now();
  const response = await fetch(`${shop().world.app.url}/pixel/checkout`, {
    method: "POST",
    headers: { "content-type": "text/plain;charset=UTF-8", origin: "null" },
    body: JSON.stringify({ v: 1, shop: shop().shop, consent: { marketing: true }, ...report }),
  });
  const body = await response.text();
  const headers = [...response.headers.keys()].filter((name) => !["date", "connection"].includes(name));
  return {
    status: response.status,
    body,
    headers: headers.sort(),
    milliseconds: performance.now() - started,
  };
}

const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

describe("guessing at /pixel/checkout", () => {
  it("learns nothing: paid, unpaid, unknown and foreign orders answer alike, and at the same moment", async () => {
    const { world } = shop();
    const paid = world.shopify.placeOrder(shop().shop);
    await world.shopify.sendPaid(shop().shop, paid);
    const unpaid = world.shopify.placeOrder(shop().shop, { paid: false });
    const unheard = world.shopify.placeOrder(shop().shop);
    const kinds = {
      paid: { orderId: paid.id, checkoutToken: NOBODYS_TOKEN },
      paidAsGid: { orderId: `gid://shopify/OrderIdentity/${paid.id}`, checkoutToken: NOBODYS_TOKEN },
      unpaid: { orderId: unpaid.id, checkoutToken: NOBODYS_TOKEN },
      unheard: { orderId: unheard.id, checkoutToken: NOBODYS_TOKEN },
      none: { orderId: "1", checkoutToken: NOBODYS_TOKEN },
      noId: { orderId: null, checkoutToken: NOBODYS_TOKEN },
      otherShop: { shop: "nobody-here.myshopify.com", orderId: paid.id, checkoutToken: NOBODYS_TOKEN },
    };
    const rounds = await Promise.all(
      Array.from({ length: 4 }, () =>
        Promise.all(
          Object.entries(kinds).map(async ([kind, report]) => ({ kind, answer: await guess(report) })),
        ),
      ),
    );
    const answers = rounds.flat();
    expect(new Set(answers.map(({ answer }) => `${answer.status} ${answer.body}`))).toEqual(
      new Set(['200 {"fire":false,"reason":"unknown_order"}']),
    );
    expect(new Set(answers.map(({ answer }) => answer.headers.join())).size).toBe(1);
    const times = Object.keys(kinds).map((kind) =>
      answers.filter((each) => each.kind === kind).map(({ answer }) => answer.milliseconds),
    );
    const medians = times.map(median);
    // On a busy machine the same question takes now more and now less time; no difference below that can be seen.
    const noise = Math.max(...times.map((each) => Math.max(...each) - Math.min(...each)));
    // Every question waits its ten seconds; what an order ID is worth must not show in what is left.
    expect(Math.min(...medians)).toBeGreaterThan(9_500);
    expect(Math.max(...medians) - Math.min(...medians)).toBeLessThan(Math.max(100, noise));
    // Nobody's browser fired, and nobody's report stands beside the paid order.
    expect(await shop().conversion(paid)).toMatchObject({ pairing: "pending" });
  });

  it("with the right checkout token is the buyer's own browser", async () => {
    const { world } = shop();
    const order = world.shopify.placeOrder(shop().shop);
    await world.shopify.sendPaid(shop().shop, order);
    const answer = await guess({ orderId: order.id, checkoutToken: order.payload.checkout_token });
    expect(JSON.parse(answer.body)).toMatchObject({
      fire: true,
      eventId: String(order.payload.order_number),
    });
    expect(answer.milliseconds).toBeLessThan(2_000);
  });
});

describe("a worker without an origin, in a browser that keeps to CORS", () => {
  it("is answered, with and without a preflight, and gets no cookie", async () => {
    const visitor = await shop().visit();
    await visitor.page.goto(shop().url);
    const answers = await visitor.page.evaluate(async (url) => {
      const ask = `async (type) => {
        const response = await fetch("${url}/pixel/checkout/fired", {
          method: "POST", headers: { "Content-Type": type },
          body: JSON.stringify({ v: 1, shop: "tandem-demo.myshopify.com", ticket: "none", outcome: "fired", datasets: [], firedAt: 1 }),
        });
        return [self.origin, type, response.type, response.status];
      }`;
      const frame = document.createElement("iframe");
      frame.setAttribute("sandbox", "allow-scripts");
      frame.srcdoc = `<script>const ask = ${ask};
        Promise.all(["text/plain", "application/json"].map((type) => ask(type).catch(String)))
          .then((answers) => parent.postMessage(answers, "*"))</script>`;
      const told = new Promise((resolve) =>
        window.addEventListener("message", ({ source, data }) => {
          if (source === frame.contentWindow) resolve(data);
        }),
      );
      document.body.append(frame);
      return told;
    }, shop().world.app.url);
    expect(answers).toEqual([
      ["null", "text/plain", "cors", 204],
      ["null", "application/json", "cors", 204],
    ]);
    expect(await visitor.page.context().cookies(shop().world.app.url)).toEqual([]);
  });

  it("may send a body of 8 kB and no more", async () => {
    const post = (body: string) =>
      fetch(`${shop().world.app.url}/pixel/checkout`, {
        method: "POST",
        headers: { "content-type": "text/plain", origin: "null" },
        body,
      });
    const answers = await Promise.all([
      post("x".repeat(8193)),
      post("not json"),
      post(JSON.stringify({ v: 2 })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([413, 400, 400]);
    for (const { headers } of answers) expect(headers.get("access-control-allow-origin")).toBe("*");
  });
});
