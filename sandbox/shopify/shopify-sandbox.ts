import { randomInt } from "node:crypto";
import type { RequestHandler } from "express";
import { readAppFile, readPixelFile, type AppFile } from "./app-files.ts";
import { AccessTokens } from "./auth/access-tokens.ts";
import { issueSessionToken, launchUrl } from "./auth/session-token.ts";
import { AdminApi } from "./graphql/admin-endpoint.ts";
import { makeOrder } from "./make-order.ts";
import { readOrder, writeJson, withOwnShopId } from "./orders/order-json.ts";
import type { OrderWish } from "./orders/order-wish.ts";
import { seededRandom, type Random } from "./orders/seeded-random.ts";
import {
  addOrder,
  markPaid,
  openStore,
  putStoreBooks,
  SEED_STORES,
  takeStoreBooks,
  type OrderRecord,
  type Store,
  type StoreBooks,
  type StoreSpec,
} from "./store.ts";
import { WebhookSender, type SendOptions, type WebhookOutcome } from "./webhooks/send-webhooks.ts";
import {
  customerOfOrder,
  customerRedactBody,
  dataRequestBody,
  scopesUpdateBody,
  shopRedactBody,
  uninstalledBody,
  type PrivacyCustomer,
} from "./webhooks/webhook-bodies.ts";

export const API_VERSION = "2026-10";

export interface ShopifyOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Where webhooks, the app proxy and the admin's iframe find the app. */
  readonly appUrl: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Built file of the web pixel extension; its thank-you page runs it. */
  readonly webPixelBundle?: string;
  /** toml of the web pixel extension, for the settings it allows. */
  readonly webPixelToml?: string;
  /** Folder of the theme app extension (blocks/, assets/). */
  readonly themeExtensionDir?: string;
  /** Base address of the sandbox's Meta; the storefront's ad blocker blocks it. */
  readonly metaUrl?: string;
  /** shopify.app.toml, for the webhook paths and the scopes. */
  readonly appToml?: string;
  readonly seed?: number;
  /** Further pages of every storefront, below /__tour. */
  readonly tour?: RequestHandler;
  /** Unix milliseconds. */
  readonly now?: () => number;
  /** Factor on the waits between webhook retries: 1 is four hours in all. */
  readonly webhookTimeScale?: number;
  /** Factor on how long Shopify waits for one answer. */
  readonly webhookPatience?: number;
}

/** Shopify without its wires: stores, tokens, orders, the Admin API's state and the webhook sender. */
export class ShopifyState {
  readonly options: ShopifyOptions;
  readonly now: () => number;
  readonly random: Random;
  /** What shopify.app.toml says, read when the sandbox starts. */
  readonly app: AppFile;
  /** What the app asks a merchant for. */
  readonly scopes: readonly string[];
  readonly stores = new Map<string, Store>();
  readonly tokens: AccessTokens;
  readonly admin: AdminApi;
  readonly webhooks: WebhookSender;
  #base = new URL("http://localhost:80");

  constructor(options: ShopifyOptions) {
    this.options = options;
    this.now = options.now ?? Date.now;
    this.random = seededRandom(options.seed ?? 1);
    this.tokens = new AccessTokens(this.now);
    this.app = readAppFile(options.appToml);
    this.scopes = this.app.scopes;
    this.admin = new AdminApi({
      apiVersion: API_VERSION,
      tokens: this.tokens,
      now: this.now,
      pixelFile: () => readPixelFile(options.webPixelToml),
    });
    this.webhooks = new WebhookSender({
      appUrl: options.appUrl,
      secret: options.apiSecret,
      apiVersion: API_VERSION,
      subscriptions: this.app.subscriptions,
      now: this.now,
      ...(options.webhookTimeScale === undefined ? {} : { timeScale: options.webhookTimeScale }),
      ...(options.webhookPatience === undefined ? {} : { patience: options.webhookPatience }),
    });
    for (const spec of SEED_STORES) this.addStore(spec);
  }

  /** Called once the sandbox listens: storefronts live at {handle}.localhost on its port. */
  listensAt(url: string): void {
    this.#base = new URL(url);
    for (const store of this.stores.values()) store.storefrontUrl = this.#storefrontUrl(store.handle);
  }

  /** Where the admin is: http://localhost:PORT. */
  get platformUrl(): string {
    return this.#base.origin;
  }

  #storefrontUrl(handle: string): string {
    return `http://${handle}.localhost:${this.#base.port}`;
  }

  addStore(spec: StoreSpec): Store {
    const store = openStore(spec, String(70_000_001 + this.stores.size));
    store.storefrontUrl = this.#storefrontUrl(spec.handle);
    this.stores.set(store.domain, store);
    return store;
  }

  /** By domain or handle; throws for a store that was never opened. */
  store(name: string): Store {
    const found = this.stores.get(name) ?? this.stores.get(`${name}.myshopify.com`);
    if (!found) throw new Error(`no store ${name}`);
    return found;
  }

  /** What is known of a store, for another start of the sandbox, and that other start. */
  takeBooks(name: string): StoreBooks {
    return takeStoreBooks(this.store(name));
  }

  putBooks(name: string, books: StoreBooks): void {
    putStoreBooks(this.store(name), books);
  }

  /** The merchant agrees to the scopes. The app itself only learns of it when it is opened for the first time. */
  install(name: string): Store {
    const store = this.store(name);
    store.installation ??= { id: String(randomInt(1, 2 ** 40)), scopes: [...this.scopes] };
    return store;
  }

  /**
   * The merchant removes the app: tokens die at once, app-owned metafields and the web pixel go with the installation,
   * the embed stays saved in the theme but renders nothing; `app/uninstalled` follows.
   */
  uninstall(name: string, options?: SendOptions): Promise<WebhookOutcome> {
    const store = this.store(name);
    this.tokens.revokeShop(store.domain);
    store.installation = undefined;
    store.metafields.clear();
    store.webPixel = undefined;
    return this.sendRaw(name, "app/uninstalled", uninstalledBody(store), options);
  }

  /** 48 hours after an uninstall, whether or not the app has come back since. */
  redactShop(name: string): Promise<WebhookOutcome> {
    return this.sendRaw(name, "shop/redact", shopRedactBody(this.store(name)));
  }

  changeScopes(name: string, scopes: readonly string[]): Promise<WebhookOutcome> {
    const store = this.store(name);
    const previous = store.installation?.scopes ?? [];
    if (store.installation) store.installation.scopes = [...scopes];
    return this.sendRaw(name, "app/scopes_update", scopesUpdateBody(store, previous, this.now()));
  }

  idToken(name: string, lifeSeconds?: number): Promise<string> {
    return issueSessionToken(this.store(name).domain, { ...this.options, now: this.now }, lifeSeconds);
  }

  /** What the admin would put into the app's iframe for a page of the app. */
  launchUrl(name: string, path = "/", locale?: string): Promise<string> {
    return launchUrl(this.store(name), this.options.appUrl, path, { ...this.options, now: this.now }, locale);
  }

  /** A new order in the store's books. Sends nothing. */
  placeOrder(name: string, wish: OrderWish = {}): OrderRecord {
    const store = this.store(name);
    return addOrder(store, makeOrder(store, this.random, this.now(), wish));
  }

  /**
   * Takes an order body as it stands (a fixture file) into the store's books. Only the shop ID in its order status address
   * becomes the store's own, as it is in each of a store's orders. It was paid when it was last updated: that is when its
   * webhook would have been sent.
   */
  adoptOrder(name: string, text: string): OrderRecord {
    const store = this.store(name);
    const order = readOrder(withOwnShopId(text, store.id));
    return addOrder(store, order, Date.parse(order.updated_at));
  }

  order(name: string, orderId: string): OrderRecord {
    const record = this.store(name).orders.get(orderId);
    if (!record) throw new Error(`no order ${orderId} in ${name}`);
    return record;
  }

  /** Money for an unpaid order; `orders/paid` follows. */
  pay(name: string, orderId: string, options?: SendOptions): Promise<WebhookOutcome> {
    const record = this.order(name, orderId);
    markPaid(this.store(name), record, this.now());
    return this.sendPaid(name, record, options);
  }

  sendPaid(name: string, record: OrderRecord, options?: SendOptions): Promise<WebhookOutcome> {
    return this.sendRaw(name, "orders/paid", writeJson(record.payload), options);
  }

  /** Any body under any topic, signed. */
  sendRaw(name: string, topic: string, body: string, options?: SendOptions): Promise<WebhookOutcome> {
    return this.webhooks.send({ topic, shop: this.store(name).domain, body }, options);
  }

  /** A customer of the given order asks for their data, or for its removal. */
  requestPrivacy(
    name: string,
    topic: "customers/data_request" | "customers/redact",
    orderId: string,
    only?: PrivacyCustomer,
  ): Promise<WebhookOutcome> {
    const store = this.store(name);
    const { customer, orders } = customerOfOrder(store, this.order(name, orderId));
    const who = only ?? customer;
    const body =
      topic === "customers/redact"
        ? customerRedactBody(store, who, orders)
        : dataRequestBody(store, who, orders, String(this.random.int(1, 2 ** 31)));
    return this.sendRaw(name, topic, body);
  }
}
