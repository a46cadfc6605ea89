import { type Check, fails, HOLDS, notKnown } from "../../check.ts";
import { lastDays, sumDays } from "../../facts/sum-days.ts";

const HOUR_MS = 3_600_000;

/** Shopify did not take our web pixel, so no checkout sends a browser copy. */
export const pixelNotConnected: Check = {
  code: "pixelNotConnected",
  area: "sender",
  severity: "critical",
  source: "Shopify",
  threshold: "the web pixel is not connected an hour after the app was installed",
  fromFiles: false,
  mend: { url: "/app/settings#storefront", name: "audit.mend.storefront" },
  judge: ({ store, days, now }) => {
    if (!store) return notKnown("not_in_files");
    const { state, at } = store.webPixel;
    if (state === "connected") return HOLDS;
    if (state === null && now - store.installedAt < HOUR_MS) return notKnown("not_asked");
    const week = lastDays(days, 7);
    const without = sumDays(week, ({ pairing }) => pairing.server_only);
    return fails({
      severity: "critical",
      certainty: "proven",
      since: at === null ? null : new Date(at).toISOString().slice(0, 10),
      orders: without.count,
      worth: without.worth,
      evidence:
        without.count === 0
          ? []
          : [
              {
                text: "audit.evidence.unpaired",
                values: { lost: without.count },
                url: `/app/events?pairing=server_only&from=${week[0]?.day ?? ""}`,
              },
            ],
    });
  },
};
