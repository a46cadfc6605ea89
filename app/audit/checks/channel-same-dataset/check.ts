import { type Check, fails, HOLDS, NOT_APPLICABLE, notKnown } from "../../check.ts";
import type { Sighting } from "../../../pairing/sightings/sighting.ts";
import { isOurs, sightingRow, silenceOf, touchedSince, weighSightings } from "../../facts/sightings.ts";

export const isChannel = ({ kind, sender }: Sighting): boolean =>
  kind === "app_pixel" && sender === "channel";

/**
 * Shopify's Facebook & Instagram channel sends to our dataset. Its Purchase carries the ID of Shopify's own event
 * (`sh-d43fc05c-…`), which no order number equals, so Meta counts each sale twice.
 */
export const channelSameDataset: Check = {
  code: "channelSameDataset",
  area: "sender",
  severity: "critical",
  source: "Shopify",
  threshold:
    "the channel's entry in the pages' list of web pixels names a connected dataset, in six hours with reports over a day",
  fromFiles: false,
  mend: { url: "https://admin.shopify.com/settings/customer_events", name: "audit.mend.customerEvents" },
  judge: (facts) => {
    const silence = silenceOf(facts, "list");
    if (silence) return silence;
    if (facts.datasets.length === 0) return NOT_APPLICABLE;
    const meant = (each: Sighting) =>
      isChannel(each) && (each.pixelId === null || isOurs(facts, each.pixelId));
    const { believed, pending } = weighSightings(facts, meant);
    const same = believed.find(({ pixelId }) => pixelId !== null);
    if (same)
      return fails({
        severity: "critical",
        certainty: "reported",
        ...touchedSince(facts, same.firstSeen),
        values: { pixelId: same.pixelId ?? "", hours: same.hours, ofHours: same.ofHours ?? same.hours },
        evidence: [sightingRow(same)],
      });
    if (pending.length > 0) return notKnown("too_few");
    // The channel is there and its dataset cannot be read.
    return believed.length > 0 ? notKnown("not_told") : HOLDS;
  },
};
