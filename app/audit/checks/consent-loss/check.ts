import { needsRecordedConsent } from "../../../conversions/consent/consent-regions.ts";
import { compareWithUsual, hasFallen } from "../../baseline.ts";
import { addWorth, type Check, fails, failsFor, HOLDS, isAbove, notKnown } from "../../check.ts";
import type { Sum } from "../../../quality/sum-tallies.ts";
import type { AuditedDatasetDay } from "../../facts/audit-facts.ts";
import { type AuditedOrder } from "../../facts/audited-order.ts";
import { FEWEST_ORDERS, webOrders } from "../../facts/choose-orders.ts";
import { mostOfDatasets } from "../../facts/sum-days.ts";

const isLost = ({ server }: AuditedOrder): boolean =>
  server.some(({ skipReason }) => skipReason === "no_consent" || skipReason === "consent_refused");

function lostIn({ skipped }: AuditedDatasetDay): Sum {
  const sums = [skipped["no_consent"], skipped["consent_refused"]].filter((each) => each !== undefined);
  return {
    count: sums.reduce((all, { count }) => all + count, 0),
    worth: addWorth(sums.flatMap(({ worth }) => worth)),
  };
}

/** Orders that are not sent because of the buyer's choice, or because nobody asked. */
export const consentLoss: Check = {
  code: "consentLoss",
  area: "delivery",
  severity: "medium",
  source: "Tandem",
  threshold:
    "more than 40 % of at least 30 orders from outside the EEA, the UK and Switzerland lost to consent, or 15 points more than usual",
  fromFiles: false,
  mend: { url: "/app/events?view=skipped", name: "audit.mend.events" },
  judge: ({ orders, days, store }, isOpen) => {
    if (!store) return notKnown("not_in_files");
    const outside = webOrders(orders.list).filter(
      ({ country }) => country !== null && !needsRecordedConsent(country),
    );
    const lost = outside.filter(isLost);
    if (outside.length >= FEWEST_ORDERS && isAbove(lost.length / outside.length, 0.4, isOpen))
      return failsFor(lost, {
        severity: "medium",
        certainty: "proven",
        values: { share: lost.length / outside.length },
      });
    const usual = compareWithUsual(days, (day) => {
      const count = mostOfDatasets(day, lostIn)?.count ?? 0;
      return { part: day.orders.count - count, all: day.orders.count };
    });
    if (!usual) return outside.length < FEWEST_ORDERS ? notKnown("too_few") : HOLDS;
    if (!hasFallen(usual, 0.15, isOpen)) return HOLDS;
    const count = usual.counted.all - usual.counted.part;
    return fails({
      severity: "medium",
      certainty: "likely",
      since: usual.from,
      orders: count,
      values: { share: 1 - usual.recent, count },
    });
  },
};
