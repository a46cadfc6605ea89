import { withOwnShopId } from "#sandbox/shopify/orders/order-json.ts";
import { API_SECRET, BROWSER_AGENT, type World } from "#sandbox/start-world.ts";
import { orderBody, webhookRequest } from "./webhook-desk.ts";

/** The store whose buyer is planted. */
export const SHOP = "tandem-demo.myshopify.com";

/** A buyer who exists nowhere else: nothing of them may be found anywhere. */
export const PLANTED = {
  email: "zygmunthia.quillfeather@leak-example.org",
  phone: "2025550143",
  firstName: "Zygmunthia",
  lastName: "Quillfeather",
  street: "77 Plantedlane",
  city: "Leaktonville",
  zip: "99501-4477",
  company: "Unspeakable Goods Ltd",
  note: "ring twice, says the plantednote",
  checkoutToken: "plantedcheckouttoken00000000cafe",
  wrongToken: "EAAplantedwrongtoken0000000000000000000000",
} as const;

/** Raw by need, for as long as something is left to send: gone from every row once Meta has the event. */
export const WHILE_SENDING = { ip: "203.0.113.177", userAgent: "PlantedBrowser/9.9" } as const;

/** Orders, reports and requests of the planted buyer: good ones, and those that end in every kind of error. */
export async function live(world: World): Promise<void> {
  const buyer = {
    email: PLANTED.email,
    contact_email: PLANTED.email.toUpperCase(),
    phone: `+1${PLANTED.phone}`,
    note: PLANTED.note,
    checkout_token: PLANTED.checkoutToken,
    client_details: {
      browser_ip: WHILE_SENDING.ip,
      user_agent: WHILE_SENDING.userAgent,
      accept_language: "en",
    },
    browser_ip: WHILE_SENDING.ip,
    landing_site: `/?email=${PLANTED.email}&fbclid=abc`,
    customer: {
      id: 8800000000077,
      email: PLANTED.email,
      first_name: PLANTED.firstName,
      last_name: PLANTED.lastName,
      phone: null,
    },
    ...Object.fromEntries(
      ["billing_address", "shipping_address"].map((place) => [
        place,
        {
          first_name: PLANTED.firstName,
          last_name: PLANTED.lastName,
          company: PLANTED.company,
          address1: PLANTED.street,
          city: PLANTED.city,
          zip: PLANTED.zip,
          province_code: "NY",
          country_code: "US",
          phone: PLANTED.phone,
        },
      ]),
    ),
  };
  const at = Date.now() - 20 * 60_000;
  const order = (id: string, number: number) =>
    withOwnShopId(orderBody(id, at, { ...buyer, order_number: number }), world.shopify.store(SHOP).id);
  const customer = { id: 8800000000077, email: PLANTED.email, phone: `+1${PLANTED.phone}` };
  await post(world, "orders/paid", order("6200000000001", 77001));
  await post(world, "orders/paid", order("6200000000001", 77001));
  await post(world, "orders/paid", order("6200000000002", 77002));
  await post(world, "orders/paid", order("6200000000003", 77003), "forged");
  await post(world, "orders/paid", `{"email":"${PLANTED.email}"`);
  await post(world, "orders/paid", JSON.stringify({ ...buyer, id: PLANTED.email }));
  const report = {
    v: 1,
    shop: SHOP,
    orderId: "6200000000001",
    checkoutToken: PLANTED.checkoutToken,
    consent: { marketing: true },
    userAgent: WHILE_SENDING.userAgent,
    pageUrl: `https://x.example/thank-you?email=${PLANTED.email}`,
    clientTime: at,
  };
  for (const body of [
    JSON.stringify(report),
    JSON.stringify({ ...report, orderId: PLANTED.email }),
    `{"email":"${PLANTED.email}"`,
  ])
    await fetch(`${world.app.url}/pixel/checkout`, {
      method: "POST",
      body,
      headers: { "content-type": "text/plain" },
    }).then((answer) => answer.text());
  await post(
    world,
    "customers/data_request",
    JSON.stringify({ shop_domain: SHOP, customer, orders_requested: [], data_request: { id: 77 } }),
  );
  await post(
    world,
    "customers/redact",
    JSON.stringify({ shop_domain: SHOP, customer: { email: `not ${PLANTED.email}` }, orders_to_redact: [] }),
  );
  await post(
    world,
    "customers/redact",
    JSON.stringify({ shop_domain: "another.myshopify.com", customer, orders_to_redact: [] }),
  );
  // Addresses end up in logs: here the buyer and a token are in one.
  for (const page of ["/nope", "/app", "/app/events", "/auth/session-token"])
    await fetch(`${world.app.url}${page}?q=${PLANTED.email}&id_token=${PLANTED.wrongToken}`, {
      headers: { "user-agent": WHILE_SENDING.userAgent },
    }).then((answer) => answer.text());
  await asMerchant(world, `/app/events?q=${PLANTED.email}`);
  await asMerchant(world, "/app/datasets/new?_data=routes%2Fapp.datasets.new", {
    method: "POST",
    body: new URLSearchParams({ datasetId: "999888777666555", token: PLANTED.wrongToken, name: "Wrong" }),
  });
}

async function post(world: World, topic: string, body: string, secret = API_SECRET): Promise<void> {
  await fetch(webhookRequest(topic, SHOP, body, {}, { origin: world.app.url, secret }));
}

export async function asMerchant(world: World, target: string, init: RequestInit = {}): Promise<Response> {
  return fetch(new URL(target, world.app.url), {
    ...init,
    redirect: "manual",
    headers: { "user-agent": BROWSER_AGENT, authorization: `Bearer ${await world.shopify.idToken(SHOP)}` },
  });
}
