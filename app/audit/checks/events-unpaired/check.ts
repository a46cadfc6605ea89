import { isBelow, type Check } from "../../check.ts";
import { sumEvent } from "../../facts/sum-events.ts";
import { judgeEvents } from "../../judge-events.ts";

const DAYS = 3;
/** Ad blockers take a tenth to a third of browser copies; more is no blocker. */
const LEAST = 0.4;

/** An event's browser copies hardly ever leave, so that Meta gets the server's alone. */
export const eventsUnpaired: Check = {
  code: "eventsUnpaired",
  area: "ids",
  severity: "medium",
  source: "Tandem",
  threshold: "a browser copy of fewer than 40 % of at least 100 events of 3 days",
  fromFiles: false,
  mend: { url: "https://admin.shopify.com/settings/customer_events", name: "audit.mend.customerEvents" },
  judge: (facts, isOpen) =>
    judgeEvents(facts, { severity: "medium", certainty: "likely" }, (audited) => {
      const { event, settled, paired, browserOnly, serverOnly } = sumEvent(audited, DAYS);
      if (settled < 100) return null;
      const share = (paired + browserOnly) / settled;
      if (!isBelow(share, LEAST, isOpen)) return undefined;
      return {
        event,
        since: null,
        values: { share, count: serverOnly },
        evidence: {
          text: "audit.evidence.eventUnpaired",
          values: { event, count: paired + browserOnly, all: settled },
          url: `/app?event=${event}`,
        },
      };
    }),
};
