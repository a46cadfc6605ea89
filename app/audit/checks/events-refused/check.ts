import { isAbove, type Check } from "../../check.ts";
import { sinceDay, sumEvent } from "../../facts/sum-events.ts";
import { judgeEvents } from "../../judge-events.ts";

const DAYS = 3;

/** Server copies of an event that Meta refuses for good: what the browser did not send either is lost. */
export const eventsRefused: Check = {
  code: "eventsRefused",
  area: "delivery",
  severity: "high",
  source: "Tandem",
  threshold: "more than 2 % of at least 20 events of 3 days, and at least 5, refused for good",
  fromFiles: false,
  mend: { url: "/app/datasets", name: "audit.mend.datasets" },
  judge: (facts, isOpen) =>
    judgeEvents(facts, { severity: "high", certainty: "proven" }, (audited) => {
      const { event, settled, refused } = sumEvent(audited, DAYS);
      if (settled < 20) return null;
      const count = [...refused.values()].reduce((all, each) => all + each, 0);
      const share = count / settled;
      // An event or two that were refused are chance, whatever their share.
      if (count < (isOpen ? 2 : 5) || !isAbove(share, 0.02, isOpen)) return undefined;
      const [cause = ""] = [...refused].toSorted((a, b) => b[1] - a[1])[0] ?? [];
      return {
        event,
        since: sinceDay(audited, DAYS, (day) => Object.keys(day.refused).length > 0),
        values: { share, count, cause },
        evidence: {
          text: "audit.evidence.eventRefused",
          values: { event, count, all: settled, cause },
          url: `/app/events?event=${event}&state=dead`,
        },
      };
    }),
};
