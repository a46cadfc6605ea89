import type { World } from "#sandbox/start-world.ts";

import { fillAlerts } from "./history-alerts.ts";
import { fillHistory } from "./demo-history.ts";
import { fillOneOrder, fillShortHistory } from "./history-short.ts";
import { fillTroubledHistory } from "./history-troubled.ts";

const DATASET = "1234567890123456";
const SECOND = "2234567890123456";

/** A store as it may be met, and the pictures that are worth taking of it. */
export interface ScreenshotState {
  readonly shop: string;
  /** BCP 47: the language of the merchant's browser. */
  readonly locale?: string;
  /** Names of pictures; default all. */
  readonly only?: readonly string[];
  /** Whether the operator has set up mail for alerts. Default: not. */
  readonly hasMail?: boolean;
  fill(world: World, shop: string): Promise<void>;
}

const SHOP = "tandem-demo.myshopify.com";
const FIGURES = [
  "overview",
  "funnel-overview",
  "funnel-events",
  "funnel-event",
  "events",
  "event-paired",
  "event-recovered",
  "event-skipped",
  "audit",
  "datasets",
  "dataset",
  "settings",
];

export const SCREENSHOT_STATES: Readonly<Record<string, ScreenshotState>> = {
  /** Just installed. */
  empty: { shop: SHOP, fill: async () => undefined },
  /** One sale, and nothing else yet. */
  one: {
    shop: SHOP,
    only: [...FIGURES, "test-events"],
    fill: async (world, shop) => {
      await world.connectDataset(shop, DATASET);
      await fillOneOrder(world, shop);
    },
  },
  /** 90 days of history, with what a shop lives through. */
  healthy: {
    shop: SHOP,
    fill: async (world, shop) => {
      world.shopify.store(shop).embed.active = true;
      await world.connectDataset(shop, DATASET);
      await fillHistory(world, shop, { kind: "eventful" });
    },
  },
  /** All that can go wrong at once. */
  troubled: {
    shop: SHOP,
    hasMail: true,
    fill: async (world, shop) => {
      await world.connectDataset(shop, DATASET);
      await world.connectDataset(shop, SECOND, "Agency");
      world.shopify.store(shop).embed.active = true;
      await fillTroubledHistory(world, shop, { held: DATASET, failing: SECOND });
      await fillAlerts(world, shop);
    },
  },
  /** Two datasets that both work; one of them refused two sales. */
  "two-datasets": {
    shop: SHOP,
    only: [...FIGURES, "event-failed"],
    fill: async (world, shop) => {
      await world.connectDataset(shop, DATASET);
      await world.connectDataset(shop, SECOND, "Agency");
      await fillShortHistory(world, shop, { days: 8, ordersPerDay: 8, refusing: SECOND });
    },
  },
  /** Sales counted in what the buyers paid in. */
  currencies: {
    shop: SHOP,
    only: FIGURES,
    fill: async (world, shop) => {
      await world.connectDataset(shop, DATASET);
      await fillShortHistory(world, shop, {
        ...{ days: 8, ordersPerDay: 10 },
        ...{ currencySide: "presentment", otherCurrency: "EUR" },
      });
    },
  },
  /** A browser in Arabic, rupees with decimals, names that run from right to left. */
  arabic: {
    shop: "lahore-parts.myshopify.com",
    locale: "ar-EG",
    only: FIGURES,
    fill: async (world, shop) => {
      await world.connectDataset(shop, DATASET, "متجر قطع الغيار");
      await world.connectDataset(shop, SECOND, "وكالة");
      await fillShortHistory(world, shop, { days: 5, ordersPerDay: 8 });
    },
  },
  /** A browser in Japanese, yen without decimals. */
  japanese: {
    shop: "kawa-goods.myshopify.com",
    locale: "ja-JP",
    only: FIGURES,
    fill: async (world, shop) => {
      await world.connectDataset(shop, DATASET, "川グッズ");
      await fillShortHistory(world, shop, { days: 5, ordersPerDay: 8 });
    },
  },
};
