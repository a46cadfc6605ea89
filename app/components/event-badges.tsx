import { Badge, InlineStack, Text } from "@shopify/polaris";

import type { EventDelivery } from "../quality/read-events.server.ts";
import { deliveryLabel, pairingLabel, skipReason } from "./words.ts";

type BadgeTone = "success" | "attention" | "critical" | "warning" | "info";

/** A word and a tone; never the tone alone. */
export function LabelBadge({
  label,
}: {
  label: { readonly text: string; readonly tone: BadgeTone | undefined };
}) {
  return <Badge {...(label.tone ? { tone: label.tone } : {})}>{label.text}</Badge>;
}

/** Where no server copy goes on purpose, no browser copy does either. */
export function PairingBadge({
  pairing,
  source,
  states,
}: {
  pairing: string;
  source: string;
  states: readonly string[];
}) {
  const isSkipped = states.length > 0 && states.every((state) => state === "skipped");
  return <LabelBadge label={pairingLabel(pairing, source, isSkipped)} />;
}

/** One badge per dataset, named where there are several. */
export function DeliveryBadges({
  deliveries,
  several,
}: {
  deliveries: readonly EventDelivery[];
  several: boolean;
}) {
  if (deliveries.length === 0) return <LabelBadge label={deliveryLabel("none")} />;
  return (
    <InlineStack gap="100">
      {deliveries.map((each) => (
        <InlineStack key={each.id} gap="100" blockAlign="center">
          <LabelBadge label={deliveryLabel(each.state)} />
          {several || each.skipReason ? (
            <Text as="span" tone="subdued" variant="bodySm">
              {[several ? each.dataset : null, each.skipReason ? skipReason(each.skipReason).short : null]
                .filter(Boolean)
                .join(": ")}
            </Text>
          ) : null}
        </InlineStack>
      ))}
    </InlineStack>
  );
}
