import { BlockStack, Text, TextField } from "@shopify/polaris";

import { useFormat } from "./use-format.ts";

/** Two days of the store's calendar, either of them open. The platform's own date fields: they speak every language. */
export function DayRange({
  from,
  to,
  onChange,
}: {
  from: string | null;
  to: string | null;
  onChange: (range: { from: string | null; to: string | null }) => void;
}) {
  const format = useFormat();
  return (
    <BlockStack gap="200">
      <TextField
        label="From"
        type="date"
        value={from ?? ""}
        onChange={(value) => onChange({ from: value || null, to })}
        autoComplete="off"
      />
      <TextField
        label="To"
        type="date"
        value={to ?? ""}
        onChange={(value) => onChange({ from, to: value || null })}
        autoComplete="off"
      />
      <Text as="p" tone="subdued" variant="bodySm">{`Days in ${format.timeZoneName}.`}</Text>
    </BlockStack>
  );
}
