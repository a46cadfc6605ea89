import { type Check, fails, HOLDS, NOT_APPLICABLE, notKnown } from "../../check.ts";
import type { Sighting } from "../../../pairing/sightings/sighting.ts";
import {
  eventsTooRows,
  isOurs,
  sightingRow,
  silenceOf,
  touchedSince,
  weighSightings,
} from "../../facts/sightings.ts";
import { isChannel } from "../channel-same-dataset/check.ts";

const isPage = ({ kind }: Sighting): boolean => kind === "page_pixel";
const isOtherApp = (each: Sighting): boolean => each.kind === "app_pixel" && !isChannel(each);

/** Another app, the theme or a tag manager works with our dataset: an app counts sales again, a theme at least page views. */
export const otherSenderSameDataset: Check = {
  code: "otherSenderSameDataset",
  area: "sender",
  severity: "critical",
  source: "Shopify",
  threshold:
    "another app's entry, or an `fbq('init')` of the page, names a connected dataset in six hours with reports over a day",
  fromFiles: false,
  mend: { url: "https://admin.shopify.com/settings/customer_events", name: "audit.mend.customerEvents" },
  judge: (facts) => {
    const silence = silenceOf(facts, "page");
    if (silence) return silence;
    if (facts.datasets.length === 0) return NOT_APPLICABLE;
    const meant = (each: Sighting) => (isPage(each) || isOtherApp(each)) && isOurs(facts, each.pixelId);
    const { believed, pending } = weighSightings(facts, meant);
    if (believed.length > 0)
      return fails({
        severity: believed.some(isOtherApp) ? "critical" : "high",
        certainty: "reported",
        ...touchedSince(facts, Math.min(...believed.map(({ firstSeen }) => firstSeen))),
        values: { count: believed.length, hours: Math.max(...believed.map(({ hours }) => hours)) },
        evidence: [...believed.map(sightingRow), ...eventsTooRows(facts)],
      });
    if (pending.length > 0) return notKnown("too_few");
    return silenceOf(facts, "list") ?? HOLDS;
  },
};
