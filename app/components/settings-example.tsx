import { BlockStack, Box, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

import type { ConsentDecision } from "../conversions/model.ts";
import type { ExampleMoney, RereadExample, SettingsExample } from "../stores/read-settings-example.server.ts";
import type { SettingsValues } from "./settings-values.ts";
import type { StoreFormat } from "./store-format.ts";
import { sourceName } from "./words.ts";

/** What the store's last order would send under the choices as they stand in the form. */
export interface Example {
  readonly order: SettingsExample;
  /** null until Shopify has answered, or when it cannot be asked. */
  readonly reread: RereadExample | null;
  readonly isReading: boolean;
}

/** The line below a setting; `changes` is read out as it changes. */
export function ExampleLine({ example, children }: { example: Example | null; children: ReactNode }) {
  if (!example) return null;
  return (
    <Box background="bg-surface-secondary" padding="300" borderRadius="200">
      <BlockStack gap="050">
        <Text as="p" variant="bodySm" tone="subdued">{`Your last order, ${example.order.orderName}`}</Text>
        <div aria-live="polite">
          <Text as="p" breakWord>
            {children}
          </Text>
        </div>
      </BlockStack>
    </Box>
  );
}

export function eventIdExample({ order }: Example, values: SettingsValues): string {
  const wouldBe = order.eventIds[values.eventIdRule];
  return wouldBe === order.takenWith.eventId
    ? `This order would send the event ID ${wouldBe} on both copies, as it did.`
    : `This order would send the event ID ${wouldBe} on both copies. It was taken in as ${order.takenWith.eventId} and keeps that.`;
}

export function valueExample(example: Example, values: SettingsValues, format: StoreFormat): string {
  const { order, reread, isReading } = example;
  const show = ({ value, currency }: ExampleMoney) => `${format.money(value, currency)} (${currency})`;
  if (reread) {
    const money = reread.values[values.currencySide][values.valueBasis];
    return money
      ? `This order would send the value ${show(money)}.`
      : "This order would not be sent: its value under this choice cannot be read.";
  }
  return isReading
    ? `It was taken in with ${show(order.takenWith.money)}. Working out what it would send …`
    : `It was taken in with ${show(order.takenWith.money)} and keeps that. A change holds for orders paid after you save.`;
}

export function contentExample({ order, reread }: Example, values: SettingsValues): string {
  const list = (ids: readonly string[]) =>
    ids.length > 3 ? `${ids.slice(0, 3).join(", ")} and ${ids.length - 3} more` : ids.join(", ");
  if (reread) {
    const ids = reread.contentIds[values.contentId];
    return ids.length === 0
      ? "This order would send no contents: none of its products has such an ID."
      : `This order would send ${list(ids)}.`;
  }
  return order.takenWith.contentIds.length === 0
    ? "It was taken in without contents. A change holds for orders paid after you save."
    : `It was taken in with ${list(order.takenWith.contentIds)}. A change holds for orders paid after you save.`;
}

export function sourceExample({ order }: Example, values: SettingsValues): string {
  const name = sourceName(order.source).toLowerCase();
  return values.sources[order.source]
    ? `This order came from “${name}” and would be sent.`
    : `This order came from “${name}” and would not be sent; it would be listed as skipped.`;
}

export function consentExample({ order }: Example, values: SettingsValues): string {
  const where = order.country
    ? ` Where the buyer is: ${order.country === "EU" ? "the euro area" : order.country}.`
    : "";
  return `${consentWords(order.consent[values.consentPolicy])}${where}`;
}

function consentWords(decision: ConsentDecision): string {
  switch (decision.kind) {
    case "send":
      return decision.evidence === "none"
        ? "This order would be sent: nobody said no, and where the buyer is that is enough."
        : decision.evidence === "merchant_statement"
          ? "This order would be sent, on your statement."
          : "This order would be sent: the buyer agreed.";
    case "limit":
      return "This order would be sent with Limited Data Use: the buyer refused the sale of data.";
    case "skip":
      return decision.reason === "consent_refused"
        ? "This order would not be sent: the buyer refused."
        : "This order would not be sent: no consent was recorded.";
  }
}
