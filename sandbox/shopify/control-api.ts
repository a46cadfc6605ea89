import express, { Router } from "express";
import { answering } from "../http/express-server.ts";
import { drawWish } from "./orders/draw-order.ts";
import type { OrderWish } from "./orders/order-wish.ts";
import type { ShopifyState } from "./shopify-sandbox.ts";
import type { SendOptions } from "./webhooks/send-webhooks.ts";
import { planTraffic, type TrafficMix } from "./webhooks/plan-traffic.ts";
import type { Topic } from "./app-files.ts";

/** Body of POST /__control/*. Each command reads the keys it knows. */
interface Command {
  readonly shop?: string;
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
  readonly scopes?: readonly string[];
  readonly active?: boolean;
  readonly back?: string;
}

export const describeStores = (state: ShopifyState) =>
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
export function controlRoutes(state: ShopifyState): Router {
  const settle = async (command: Command, work: Promise<unknown>): Promise<unknown> =>
    command.wait ? await work : "sent";
  const actions: Readonly<Record<string, Action>> = {
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
    privacy: (command, shop) => {
      const topic = command.topic === "customers/redact" ? command.topic : "customers/data_request";
      return settle(command, state.requestPrivacy(shop, topic, command.orderId ?? ""));
    },
    "expire-tokens": (_command, shop) => {
      state.tokens.expireShop(state.store(shop).domain);
      return "expired";
    },
    idle: async () => {
      await state.webhooks.idle();
      return state.webhooks.stats;
    },
  };
  const router = Router();
  const { stats, log } = state.webhooks;
  const { served, faults } = state.admin;
  router.get("/state", (_request, response) => {
    response.json({ stores: describeStores(state), webhooks: stats, admin: { served, faults } });
  });
  router.get("/webhooks", (_request, response) => void response.json({ stats, log }));
  router.post(
    "/:command",
    express.json({ limit: "8mb" }),
    express.urlencoded({ extended: false }),
    answering(async (request, response) => {
      const name = request.params["command"] ?? "";
      const action = actions[name];
      if (!action) {
        return response.status(404).json({ error: `no command ${name}`, commands: Object.keys(actions) });
      }
      const command = request.body as Command;
      try {
        const result = await action(command, command.shop ?? [...state.stores.keys()][0] ?? "");
        // A button on one of the sandbox's own pages goes back to where it was.
        return request.is("urlencoded")
          ? response.redirect(303, command.back ?? "/")
          : response.json(result ?? null);
      } catch (error) {
        return response.status(400).json({ error: error instanceof Error ? error.message : String(error) });
      }
    }),
  );
  return router;
}
