import { BlockStack, Box, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

import type { ConsentDecision } from "../../conversions/model.ts";
import { switchOf } from "../../conversions/order/sale-kinds.ts";
import type {
  ExampleMoney,
  RereadExample,
  SettingsExample,
} from "../../stores/settings/read-settings-example.server.ts";
import { writeList } from "../../texts/conventions.ts";
import { sayText, type Text as CatalogueText } from "../../texts/texts.ts";
import { useTexts } from "../../texts/use-texts.ts";
import type { SettingsForm } from "../../stores/settings/store-settings.ts";
import type { StoreFormat } from "../frame/store-format.ts";
import { sourceName } from "../frame/words.ts";
import "../../texts/areas/settings.ts";

/** What the store's last order would send under the choices as they stand in the form. */
export interface Example {
  readonly order: SettingsExample;
  /** null until Shopify has answered, or when it cannot be asked. */
  readonly reread: RereadExample | null;
  readonly isReading: boolean;
}

/** The line below a setting; `changes` is read out as it changes. */
export function ExampleLine({ example, children }: { example: Example | null; children: ReactNode }) {
  const { t } = useTexts();
  if (!example) return null;
  return (
    <Box background="bg-surface-secondary" padding="300" borderRadius="200">
      <BlockStack gap="050">
        <Text as="p" variant="bodySm" tone="subdued">
          {t("settings.example.order", { name: example.order.orderName })}
        </Text>
        <div aria-live="polite">
          <Text as="p" breakWord>
            {children}
          </Text>
        </div>
      </BlockStack>
    </Box>
  );
}

export function eventIdExample({ order }: Example, values: SettingsForm): string {
  const id = order.eventIds[values.eventIdRule];
  const was = order.takenWith.eventId;
  return id === was
    ? sayText({ key: "settings.example.idSame", values: { id } })
    : sayText({ key: "settings.example.idOther", values: { id, was } });
}

export function valueExample(example: Example, values: SettingsForm, format: StoreFormat): string {
  const { order, reread, isReading } = example;
  const show = ({ value, currency }: ExampleMoney) =>
    sayText({ key: "settings.example.money", values: { amount: format.money(value, currency), currency } });
  if (reread) {
    const money = reread.values[values.currencySide][values.valueBasis];
    return money
      ? sayText({ key: "settings.example.value", values: { money: show(money) } })
      : sayText({ key: "settings.example.valueNone" });
  }
  const money = show(order.takenWith.money);
  return isReading
    ? sayText({ key: "settings.example.valueReading", values: { money } })
    : sayText({ key: "settings.example.valueKept", values: { money } });
}

export function contentExample({ order, reread }: Example, values: SettingsForm): string {
  if (reread) {
    const ids = reread.contentIds[values.contentId];
    return ids.length === 0
      ? sayText({ key: "settings.example.contentsNone" })
      : sayText({ key: "settings.example.contents", values: { ids: listIds(ids) } });
  }
  const { contentIds } = order.takenWith;
  return contentIds.length === 0
    ? sayText({ key: "settings.example.contentsKeptNone" })
    : sayText({ key: "settings.example.contentsKept", values: { ids: listIds(contentIds) } });
}

function listIds(ids: readonly string[]): string {
  const shown = writeList(ids.slice(0, 3));
  const more = ids.length - 3;
  if (more <= 0) return shown;
  return sayText({ key: "settings.example.more", values: { ids: shown, count: more, number: more } });
}

export function sourceExample({ order }: Example, values: SettingsForm): string {
  const name = sourceName(order.source);
  const isOn = values.sources[switchOf(order.source)];
  return sayText({
    key: isOn ? "settings.example.sourceOn" : "settings.example.sourceOff",
    values: { name },
  });
}

export function consentExample({ order }: Example, values: SettingsForm): string {
  const text = sayText(consentText(order.consent[values.consentPolicy]));
  if (!order.country) return text;
  const country =
    order.country === "EU"
      ? sayText({ key: "settings.example.euroArea" })
      : (order.countryName ?? order.country);
  return sayText({ key: "settings.example.country", values: { text, country } });
}

function consentText(decision: ConsentDecision): CatalogueText {
  switch (decision.kind) {
    case "send":
      return decision.evidence === "none"
        ? { key: "settings.example.notRefused" }
        : decision.evidence === "merchant_statement"
          ? { key: "settings.example.statement" }
          : { key: "settings.example.agreed" };
    case "limit":
      return { key: "settings.example.limited" };
    case "skip":
      return decision.reason === "consent_refused"
        ? { key: "settings.example.refused" }
        : { key: "settings.example.noConsent" };
  }
}
