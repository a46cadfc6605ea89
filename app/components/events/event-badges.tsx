import type { stateAtDataset } from "../../quality/state-at-dataset.ts";
import type { EventDelivery, EventRow } from "../../quality/read-events.server.ts";
import { deliveryLabel, pairingLabel, type Label } from "../frame/words.ts";
import { skipReason } from "../../texts/say-reason.ts";

/** A word and a tone; never the tone alone. One element: the log shows a hundred of them. */
export function LabelBadge({ label }: { label: Label }) {
  return <span className={`tandem-badge tandem-badge-${label.tone ?? "plain"}`}>{label.text}</span>;
}

/** What became of an order at one dataset, and of its two copies there. */
export function StateBadges({ state, pairing }: ReturnType<typeof stateAtDataset>) {
  return (
    <>
      <LabelBadge label={deliveryLabel(state)} />
      <LabelBadge label={pairingLabel(pairing)} />
    </>
  );
}

/** How the copies met: said once where that is the same at every dataset, else of each by its name. */
export function PairingBadges({ pairing, deliveries }: Pick<EventRow, "pairing" | "deliveries">) {
  const [first] = deliveries;
  if (deliveries.every((each) => each.pairing === first?.pairing))
    return <LabelBadge label={pairingLabel(first?.pairing ?? pairing)} />;
  return deliveries.map((each) => (
    <span key={each.id} className="tandem-delivery">
      <small>{each.dataset}</small>
      <LabelBadge label={pairingLabel(each.pairing)} />
    </span>
  ));
}

/** One badge where all datasets have the same to say, else one for each by its name. */
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
  const [first, ...others] = deliveries;
  const isSame = others.every((each) => each.state === first?.state && each.skipReason === first.skipReason);
  const isNamed = several && !(isSame && others.length > 0);
  const shown = isSame ? deliveries.slice(0, 1) : deliveries;
  return shown.map((each) => (
    <span key={each.id} className="tandem-delivery">
      {isNamed ? <small>{each.dataset}</small> : null}
      <LabelBadge label={deliveryLabel(each.state)} />
      {each.skipReason === null ? null : <small>{skipReason(each.skipReason, consentReason).short}</small>}
    </span>
  ));
}
