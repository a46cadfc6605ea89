import { type Check, fails, HOLDS } from "../../check.ts";
import type { Sighting } from "../../../pairing/sightings/sighting.ts";
import { sightingRow, silenceOf, weighSightings } from "../../facts/sightings.ts";
import { isChannel } from "../channel-same-dataset/check.ts";

const MOST_SHOWN = 5;

/** Pixels on the pages that nobody connected here: an old agency's, a former app's. They count into other datasets. */
export const unconnectedPixels: Check = {
  code: "unconnectedPixels",
  area: "sender",
  severity: "low",
  source: "Agencies' check lists",
  threshold:
    "any Pixel that the theme, a tag manager or another app initialises and that is not connected, in six hours with reports over a day; the channel's own is not counted",
  fromFiles: false,
  mend: { url: "/app/datasets", name: "audit.mend.datasets" },
  judge: (facts) => {
    const silence = silenceOf(facts, "page");
    if (silence) return silence;
    const connected = facts.datasets.map(({ datasetId }) => datasetId);
    const meant = (each: Sighting) =>
      (each.kind === "page_pixel" || each.kind === "app_pixel") &&
      !isChannel(each) &&
      each.pixelId !== null &&
      !connected.includes(each.pixelId);
    const { believed } = weighSightings(facts, meant);
    const ids = [...new Set(believed.map(({ pixelId }) => pixelId ?? ""))];
    if (ids.length === 0) return HOLDS;
    return fails({
      severity: "low",
      certainty: "reported",
      since: new Date(Math.min(...believed.map(({ firstSeen }) => firstSeen))).toISOString().slice(0, 10),
      values: { count: ids.length, ids: ids.slice(0, MOST_SHOWN).join(", ") },
      evidence: believed.slice(0, MOST_SHOWN).map(sightingRow),
    });
  },
};
