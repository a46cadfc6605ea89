import express, { Router } from "express";
import { answering } from "../http/express-server.ts";
import { USUAL_WISHES } from "./orders/draw-order.ts";
import type { OrderWish } from "./orders/order-wish.ts";
import type { ShopifyState } from "./shopify-sandbox.ts";
import type { SendOptions } from "./webhooks/send-webhooks.ts";

/** What a command reads, of JSON or of a form on one of the sandbox's pages (whose values are texts). */
interface Command {
  readonly shop?: string;
  readonly orderId?: string;
  readonly wish?: OrderWish;
  readonly count?: number | string;
  readonly send?: SendOptions;
  readonly topic?: string;
  readonly scopes?: readonly string[];
  readonly active?: boolean | string;
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

/** Places orders, of which what is not wished is drawn, and announces those that are paid; gives their IDs. */
function placeOrders(state: ShopifyState, shop: string, { count, wish, send }: Command): readonly string[] {
  return Array.from({ length: Number(count ?? 1) }, () => {
    const record = state.placeOrder(shop, { ...state.random.pick(USUAL_WISHES), ...wish });
    if (record.payload.financial_status === "paid") void state.sendPaid(shop, record, send);
    return record.id;
  });
}

const COMMANDS: Readonly<Record<string, (state: ShopifyState, shop: string, command: Command) => unknown>> = {
  install: (state, shop) => void state.install(shop),
  uninstall: (state, shop, { send }) => void state.uninstall(shop, send),
  "redact-shop": (state, shop) => void state.redactShop(shop),
  scopes: (state, shop, { scopes = [] }) => void state.changeScopes(shop, scopes),
  embed: (state, shop, { active }) => void (state.store(shop).embed.active = String(active) === "true"),
  orders: placeOrders,
  resend: (state, shop, { orderId = "", send }) =>
    void state.sendPaid(shop, state.order(shop, orderId), send),
  pay: (state, shop, { orderId = "", send }) => void state.pay(shop, orderId, send),
  privacy: (state, shop, { orderId = "", topic }) =>
    void state.requestPrivacy(shop, topic === "customers/redact" ? topic : "customers/data_request", orderId),
  "expire-tokens": (state, shop) => state.tokens.expireShop(state.store(shop).domain),
};

/**
 * Remote control of a running sandbox: POST /__control/{name}. Each command answers at once; what became of its webhooks is
 * at GET /__control/webhooks.
 */
export function controlRoutes(state: ShopifyState): Router {
  const router = Router();
  const { stats, log } = state.webhooks;
  const { served, faults } = state.admin;
  router.get("/state", (_request, response) => {
    response.json({ stores: describeStores(state), webhooks: stats, admin: { served, faults } });
  });
  router.get("/webhooks", (_request, response) => void response.json({ stats, log }));
  router.post(
    "/:command",
    express.json(),
    express.urlencoded({ extended: false }),
    answering((request, response) => {
      const name = request.params["command"] ?? "";
      const run = COMMANDS[name];
      if (!run) {
        return response.status(404).json({ error: `no command ${name}`, commands: Object.keys(COMMANDS) });
      }
      const command = request.body as Command;
      try {
        const result = run(state, command.shop ?? [...state.stores.keys()][0] ?? "", command);
        // A button on one of the sandbox's own pages goes back to where it was.
        return request.is("urlencoded")
          ? response.redirect(303, command.back ?? "/")
          : response.json(result ?? "done");
      } catch (error) {
        return response.status(400).json({ error: error instanceof Error ? error.message : String(error) });
      }
    }),
  );
  return router;
}
