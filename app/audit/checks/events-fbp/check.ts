import { isBelow, type Check } from "../../check.ts";
import { sumEvent } from "../../facts/sum-events.ts";
import { judgeEvents } from "../../judge-events.ts";

const DAYS = 7;

/** Before the checkout the browser's ID is nearly all that Meta can know a visitor by. */
export const eventsFbp: Check = {
  code: "eventsFbp",
  area: "identity",
  severity: "medium",
  source: "Tandem",
  threshold: "the browser's ID (fbp) on fewer than 70 % of at least 100 accepted events of 7 days",
  fromFiles: false,
  mend: { url: "/app/settings#storefront", name: "audit.mend.storefront" },
  judge: (facts, isOpen) =>
    judgeEvents(facts, { severity: "medium", certainty: "proven" }, (audited) => {
      const { event, delivered, key } = sumEvent(audited, DAYS);
      if (delivered < 100) return null;
      const share = Math.min(1, key("fbp") / delivered);
      if (!isBelow(share, 0.7, isOpen)) return undefined;
      return {
        event,
        since: null,
        values: { share },
        evidence: {
          text: "audit.evidence.eventFbp",
          values: { event, count: key("fbp"), all: delivered },
          url: `/app?event=${event}`,
        },
      };
    }),
};
