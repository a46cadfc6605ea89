import { type Check, fails, HOLDS, notKnown } from "../../check.ts";
import { lastDays, sumDays } from "../../facts/sum-days.ts";

const SILENCE_MS = 48 * 3_600_000;
/** Fewer online orders may all be of visitors who refused marketing, and these send no heartbeat. */
const FEWEST_ORDERS = 3;

/**
 * Orders keep coming and no page reports: the embed is off, or went with a change of theme. Shopify gives a new version of
 * the embed to every theme by itself, so an old version is no finding.
 */
export const embedSilent: Check = {
  code: "embedSilent",
  area: "sender",
  severity: "high",
  source: "Tandem",
  threshold: "no heartbeat for 48 hours with at least 3 online orders in these days",
  fromFiles: false,
  mend: { url: "/app/settings#storefront", name: "audit.mend.storefront" },
  judge: ({ store, storefront, days, now }) => {
    if (!store) return notKnown("not_in_files");
    if (!storefront) return notKnown("not_told");
    const { lastHeartbeat } = storefront;
    const silentSince = lastHeartbeat ?? store.installedAt;
    if (now - silentSince <= SILENCE_MS) return lastHeartbeat === null ? notKnown("too_few") : HOLDS;
    const ordersOf = (count: number) =>
      sumDays(lastDays(days, count), ({ pairing }) => ({
        count: pairing.paired.count + pairing.server_only.count + pairing.mismatched.count,
        worth: [...pairing.paired.worth, ...pairing.server_only.worth, ...pairing.mismatched.worth],
      }));
    if (ordersOf(2).count < FEWEST_ORDERS) return notKnown("too_few");
    const week = ordersOf(Math.min(7, Math.ceil((now - silentSince) / 86_400_000)));
    return fails({
      severity: "high",
      certainty: "likely",
      since: new Date(silentSince).toISOString().slice(0, 10),
      orders: week.count,
      worth: week.worth,
      values: { hours: Math.floor((now - silentSince) / 3_600_000) },
    });
  },
};
