import type { EventDelivery, EventRow } from "../quality/read-events.server.ts";
import { deliveryLabel, pairingLabel, skipReason, type Label } from "./words.ts";

/** A word and a tone; never the tone alone. One element: the log shows a hundred of them. */
export function LabelBadge({ label }: { label: Label }) {
  return <span className={`tandem-badge tandem-badge-${label.tone ?? "plain"}`}>{label.text}</span>;
}

/** How the copies met: said once where that is the same at every dataset, else of each by its name. */
export function PairingBadges({ pairing, deliveries }: Pick<EventRow, "pairing" | "deliveries">) {
  const [first] = deliveries;
  if (deliveries.every((each) => each.pairing === first?.pairing))
    return <LabelBadge label={pairingLabel(first?.pairing ?? pairing)} />;
  return deliveries.map((each) => (
    <span key={each.id} className="tandem-delivery">
      <LabelBadge label={pairingLabel(each.pairing)} />
      <small>{each.dataset}</small>
    </span>
  ));
}

/** One badge per dataset, named where there are several. */
export function DeliveryBadges({
  deliveries,
  consentReason,
  several,
}: {
  deliveries: readonly EventDelivery[];
  consentReason: string | null;
  several: boolean;
}) {
  if (deliveries.length === 0) return <LabelBadge label={deliveryLabel("none")} />;
  return deliveries.map((each) => (
    <span key={each.id} className="tandem-delivery">
      <LabelBadge label={deliveryLabel(each.state)} />
      {several || each.skipReason ? <small>{about(each, consentReason, several)}</small> : null}
    </span>
  ));
}

function about(delivery: EventDelivery, consentReason: string | null, several: boolean): string {
  const why = delivery.skipReason === null ? null : skipReason(delivery.skipReason, consentReason).short;
  return [several ? delivery.dataset : null, why].filter(Boolean).join(": ");
}
