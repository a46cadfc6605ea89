import { type Check, fails, HOLDS, NOT_APPLICABLE, notKnown } from "../../check.ts";
import { isOurs, silenceOf, touchedSince, weighSightings } from "../../facts/sightings.ts";
import { isChannel } from "../channel-same-dataset/check.ts";

/** The channel sends from Shopify's servers too: no ad blocker and no pause of its pixel stops the second count. */
export const channelServerSide: Check = {
  code: "channelServerSide",
  area: "sender",
  severity: "critical",
  source: "Shopify",
  threshold:
    "pages say that Shopify's server side for Meta is on, while the channel is on a connected dataset; six hours with reports over a day",
  fromFiles: false,
  mend: { url: "https://admin.shopify.com/settings/customer_events", name: "audit.mend.customerEvents" },
  judge: (facts) => {
    const silence = silenceOf(facts, "list") ?? silenceOf(facts, "server");
    if (silence) return silence;
    const channel = weighSightings(facts, (each) => isChannel(each) && isOurs(facts, each.pixelId));
    if (channel.believed.length === 0)
      return channel.pending.length > 0 ? notKnown("too_few") : NOT_APPLICABLE;
    const { believed, pending } = weighSightings(facts, ({ kind }) => kind === "server_side");
    const [seen] = believed;
    if (!seen) return pending.length > 0 ? notKnown("too_few") : HOLDS;
    return fails({
      severity: "critical",
      certainty: "reported",
      ...touchedSince(facts, seen.firstSeen),
      values: { hours: seen.hours, ofHours: seen.ofHours ?? seen.hours },
      evidence: [
        {
          text: "audit.evidence.serverSideSeen",
          values: { hours: seen.hours, ofHours: seen.ofHours ?? seen.hours },
        },
      ],
    });
  },
};
