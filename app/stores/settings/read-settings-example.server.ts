import { purchase } from "../../../extensions/contract/events/purchase.ts";
import { Prisma } from "@prisma/client";

import { buildConversion } from "../../conversions/build-conversion.ts";
import { decideConsent } from "../../conversions/consent/decide-consent.ts";
import { makeEventId } from "../../conversions/event-id.ts";
import type {
  ConsentDecision,
  ConsentFlags,
  ConsentPolicy,
  ContentIdForm,
  CurrencySide,
  EventIdRule,
  SaleKind,
  ValueBasis,
} from "../../conversions/model.ts";
import { namesOf, type ChoiceSetting } from "../../conversions/settings/setting-kinds.ts";
import { STORE_SETTINGS, type ConversionSettings } from "../../conversions/settings/settings.ts";
import {
  readStoredConsent,
  readStoredConversion,
  type StoredConversion,
} from "../../conversions/read-stored.ts";
import { storedKind } from "../../conversions/order/sale-kinds.ts";
import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";
import type { CallAdmin } from "../shopify/call-admin.server.ts";
import { readOrder } from "../shopify/read-order.server.ts";
import { countryName } from "../../texts/country-name.server.ts";

export interface ExampleMoney {
  readonly value: number;
  /** ISO 4217 */
  readonly currency: string;
}

/** A store's last order as it was taken in, and what of it each choice decides. */
export interface SettingsExample {
  readonly orderName: string;
  readonly orderId: string;
  /** Unix milliseconds. */
  readonly paidAt: number;
  readonly source: SaleKind;
  readonly takenWith: {
    readonly eventId: string;
    readonly money: ExampleMoney;
    readonly contentIds: readonly string[];
  };
  readonly eventIds: Readonly<Record<EventIdRule, string>>;
  readonly consent: Readonly<Record<ConsentPolicy, ConsentDecision>>;
  /** ISO alpha-2, or "EU"; null where the order does not tell. */
  readonly country: string | null;
  /** In the language of the page. */
  readonly countryName: string | null;
}

/**
 * The newest order whose details are still kept. Its event ID and its consent follow from what is stored, under every
 * rule; value and contents are as they were taken in, because the amounts they were made from are not kept.
 */
export async function readSettingsExample(
  { prisma }: Database,
  storeId: bigint,
): Promise<SettingsExample | null> {
  const row = await prisma.conversion.findFirst({
    where: {
      storeId,
      eventName: purchase.name,
      test: false,
      redactedAt: null,
      document: { not: Prisma.DbNull },
    },
    orderBy: { id: "desc" },
    select: { document: true, browserReportId: true },
  });
  if (!row) return null;
  const report =
    row.browserReportId === null
      ? null
      : await prisma.browserReport.findFirst({
          where: { storeId, id: row.browserReportId },
          select: { document: true },
        });
  const conversion = readStoredConversion(row.document);
  return conversion ? exampleOf(conversion, readStoredConsent(report?.document)) : null;
}

function exampleOf(conversion: StoredConversion, report: ConsentFlags | null): SettingsExample {
  const { flags: cart, policy: _policy, ...place } = conversion.consent;
  const under = (policy: ConsentPolicy) => decideConsent({ ...place, policy, cart, report });
  return {
    orderName: conversion.orderName ?? conversion.orderNumber ?? conversion.orderId,
    orderId: conversion.orderId,
    paidAt: conversion.paidAt * 1000,
    source: storedKind(conversion.source),
    takenWith: {
      eventId: conversion.eventId,
      money: { value: conversion.purchase.value, currency: conversion.purchase.currency },
      contentIds: conversion.purchase.content_ids ?? [],
    },
    eventIds: byChoice(STORE_SETTINGS.eventIdRule, (rule): string => makeEventId(rule, conversion)),
    consent: byChoice(STORE_SETTINGS.consentPolicy, under),
    country: place.country ?? null,
    countryName: place.country ? countryName(place.country) : null,
  };
}

/** What the same order would send under every choice, read again at Shopify. null = it would not be sent. */
export interface RereadExample {
  readonly orderId: string;
  readonly values: Readonly<Record<CurrencySide, Readonly<Record<ValueBasis, ExampleMoney | null>>>>;
  readonly contentIds: Readonly<Record<ContentIdForm, readonly string[]>>;
}

/** @returns null when there is no order, or Shopify cannot be asked: the page then says what it was taken in with */
export async function rereadSettingsExample(
  deps: { readonly database: Database; readonly callAdmin: CallAdmin; readonly clock: Clock },
  store: { readonly id: bigint; readonly shop: string },
  settings: ConversionSettings,
): Promise<RereadExample | null> {
  const example = await readSettingsExample(deps.database, store.id);
  if (!example) return null;
  const reading = await readOrder(deps.callAdmin, store.shop, example.orderId);
  if (reading.kind !== "order") return null;
  const under = (choice: Partial<ConversionSettings>) =>
    buildConversion(reading.order, { ...settings, ...choice }, { now: deps.clock() });
  return {
    orderId: example.orderId,
    values: byChoice(STORE_SETTINGS.currencySide, (currencySide) =>
      byChoice(STORE_SETTINGS.valueBasis, (valueBasis) => {
        const { skip, purchase } = under({ currencySide, valueBasis });
        return skip === "no_value" ? null : { value: purchase.value, currency: purchase.currency };
      }),
    ),
    contentIds: byChoice(
      STORE_SETTINGS.contentId,
      (contentId): readonly string[] => under({ contentId }).purchase.content_ids ?? [],
    ),
  };
}

function byChoice<Choice extends string, Result>(
  setting: ChoiceSetting<Choice>,
  result: (choice: Choice) => Result,
): Record<Choice, Result> {
  const entries = namesOf(setting.choices).map((choice) => [choice, result(choice)]);
  return Object.fromEntries(entries) as Record<Choice, Result>;
}
