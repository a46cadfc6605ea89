import type { StoreSpec } from "./store.ts";

/** Stores that differ where apps go wrong: currency, time zone, prefix, language, high order numbers. */
export const SEED_STORES: readonly StoreSpec[] = [
  {
    handle: "tandem-demo",
    name: "Tandem Demo",
    currency: "USD",
    timezone: "America/Los_Angeles",
    locale: "en-US",
    country: "US",
    provinceCode: "CA",
    orderPrefix: "#",
  },
  {
    handle: "radhaus-berlin",
    name: "Radhaus Berlin",
    currency: "EUR",
    timezone: "Europe/Berlin",
    locale: "de-DE",
    country: "DE",
    orderPrefix: "RH-",
    firstOrderNumber: 29448,
  },
  {
    handle: "kawa-goods",
    name: "川グッズ",
    currency: "JPY",
    timezone: "Asia/Tokyo",
    locale: "ja-JP",
    country: "JP",
    orderPrefix: "",
    orderSuffix: "-JP",
    firstOrderNumber: 501001,
    plan: "plus",
  },
  {
    handle: "lahore-parts",
    name: "Lahore Parts",
    currency: "PKR",
    timezone: "Asia/Karachi",
    locale: "en",
    country: "PK",
    orderPrefix: "->",
  },
];
