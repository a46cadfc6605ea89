import { drawWish } from "./orders/draw-order.ts";
import { json, type Call, type Reply, type Route } from "./http/http-server.ts";
import { writeJson } from "./orders/order-json.ts";
import type { OrderWish } from "./orders/order-wish.ts";
import type { ShopifyState } from "./shopify-sandbox.ts";
import type { StoreSpec } from "./store.ts";
import type { SendOptions } from "./webhooks/send-webhooks.ts";
import { planTraffic, type TrafficMix } from "./webhooks/plan-traffic.ts";
import type { Topic } from "./app-files.ts";

/** Body of POST /__control/*. Each command reads the keys it knows. */
interface Command {
  readonly shop?: string;
  readonly spec?: StoreSpec;
  readonly orderId?: string;
  readonly wish?: OrderWish;
  readonly order?: string;
  readonly count?: number;
  readonly mix?: TrafficMix;
  readonly send?: SendOptions;
  /** Answer only when the webhook is settled, retries included. */
  readonly wait?: boolean;
  /** Place the order but send nothing. */
  readonly silent?: boolean;
  readonly topic?: Topic;
  readonly body?: string;
  readonly scopes?: readonly string[];
  readonly active?: boolean;
  readonly lifeSeconds?: number;
  readonly faults?: Readonly<Record<string, number | boolean>>;
  readonly timeScale?: number;
  readonly back?: string;
}

function readCommand(call: Call): Command {
  const text = call.body.toString("utf8");
  if (text === "") return {};
  if ((call.headers["content-type"] ?? "").includes("json")) return JSON.parse(text) as Command;
  return Object.fromEntries(new URLSearchParams(text)) as Command;
}

const describeStore = (state: ShopifyState) =>
  [...state.stores.values()].map((store) => ({
    handle: store.handle,
    domain: store.domain,
    name: store.name,
    currency: store.currency,
    timezone: store.timezone,
    storefrontUrl: store.storefrontUrl,
    installed: store.installation !== undefined,
    scopes: store.installation?.scopes ?? [],
    embed: store.embed,
    webPixel: store.webPixel ?? null,
    metafields: [...store.metafields.values()],
    orders: store.orders.size,
  }));

type Action = (command: Command, shop: string) => unknown;

/** Places `count` drawn orders and sends them through the given traffic; answers their IDs at once. */
function sendMany(state: ShopifyState, shop: string, count: number, command: Command) {
  const store = state.store(shop);
  const records = Array.from({ length: count }, () =>
    state.placeOrder(shop, { ...drawWish(store, state.random), ...command.wish }),
  );
  for (const { item, options } of planTraffic(records, command.mix ?? {}, state.random)) {
    void state.sendPaid(shop, item, { ...options, ...command.send });
  }
  return { placed: records.length, ids: records.map((record) => record.id) };
}

/** Remote control of a running sandbox: POST /__control/{name}, JSON in and out. Every command names its `shop`. */
export function controlRoutes(state: ShopifyState): Route[] {
  const settle = async (command: Command, work: Promise<unknown>): Promise<unknown> =>
    command.wait ? await work : "sent";
  const actions: Readonly<Record<string, Action>> = {
    "add-store": (command) => (command.spec ? state.addStore(command.spec).domain : "no spec"),
    install: (_command, shop) => ({ installed: state.install(shop).domain }),
    uninstall: (command, shop) => settle(command, state.uninstall(shop, command.send)),
    "redact-shop": (command, shop) => settle(command, state.redactShop(shop)),
    scopes: (command, shop) => settle(command, state.changeScopes(shop, command.scopes ?? [])),
    embed: (command, shop) => {
      state.store(shop).embed.active = command.active === true || String(command.active) === "true";
      return state.store(shop).embed;
    },
    order: async (command, shop) => {
      const record =
        command.order === undefined
          ? state.placeOrder(shop, command.wish)
          : state.adoptOrder(shop, command.order);
      const outcome = command.silent
        ? "silent"
        : await settle(command, state.sendPaid(shop, record, command.send));
      return { id: record.id, name: record.payload.name, outcome };
    },
    orders: (command, shop) => sendMany(state, shop, Number(command.count ?? 1), command),
    resend: (command, shop) =>
      settle(command, state.sendPaid(shop, state.order(shop, command.orderId ?? ""), command.send)),
    pay: (command, shop) => settle(command, state.pay(shop, command.orderId ?? "", command.send)),
    privacy: (command, shop) =>
      settle(
        command,
        state.requestPrivacy(
          shop,
          command.topic === "customers/redact" ? "customers/redact" : "customers/data_request",
          command.orderId ?? "",
        ),
      ),
    webhook: (command, shop) =>
      settle(
        command,
        state.sendRaw(shop, command.topic ?? "orders/paid", command.body ?? "{}", command.send),
      ),
    "id-token": (command, shop) => ({ token: state.idToken(shop, command.lifeSeconds) }),
    "expire-tokens": (_command, shop) => {
      state.tokens.expireShop(state.store(shop).domain);
      return "expired";
    },
    "admin-faults": (command) => Object.assign(state.admin.faults, command.faults),
    "empty-bucket": (_command, shop) => {
      state.admin.bucket(state.store(shop)).empty();
      return "empty";
    },
    "webhook-time": (command) => {
      state.webhooks.timeScale = command.timeScale ?? 1;
      return { timeScale: state.webhooks.timeScale };
    },
    idle: async () => {
      await state.webhooks.idle();
      return state.webhooks.stats;
    },
  };
  const answer = async (call: Call): Promise<Reply> => {
    const name = call.params[0] ?? "";
    const action = actions[name];
    if (!action) return json({ error: `no command ${name}`, commands: Object.keys(actions) }, 404);
    try {
      const command = readCommand(call);
      const result = await action(command, command.shop ?? [...state.stores.keys()][0] ?? "");
      // A button on one of the sandbox's own pages goes back to where it was.
      const fromForm = call.headers["content-type"]?.includes("urlencoded") ?? false;
      return fromForm ? { status: 303, headers: { location: command.back ?? "/" } } : json(result ?? null);
    } catch (error) {
      return json({ error: error instanceof Error ? error.message : String(error) }, 400);
    }
  };
  return [
    {
      method: "GET",
      path: /^\/__control\/state$/,
      handle: () =>
        json({
          stores: describeStore(state),
          webhooks: state.webhooks.stats,
          admin: { served: state.admin.served, faults: state.admin.faults },
        }),
    },
    {
      method: "GET",
      path: /^\/__control\/webhooks$/,
      handle: () => json({ stats: state.webhooks.stats, log: state.webhooks.log }),
    },
    {
      method: "GET",
      path: /^\/__control\/orders$/,
      handle: (call) => ({
        status: 200,
        headers: { "content-type": "application/json" },
        body: writeJson(
          [...state.store(call.url.searchParams.get("shop") ?? "").orders.values()].map(
            (each) => each.payload,
          ),
        ),
      }),
    },
    { method: "POST", path: /^\/__control\/([a-z-]+)$/, handle: answer },
  ];
}
