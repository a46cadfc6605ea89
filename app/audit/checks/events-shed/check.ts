import { isAbove, type Check } from "../../check.ts";
import { sinceDay, sumEvent } from "../../facts/sum-events.ts";
import { judgeEvents } from "../../judge-events.ts";

const DAYS = 3;

/** Events that the app gave up because more came than it could hold. */
export const eventsShed: Check = {
  code: "eventsShed",
  area: "delivery",
  severity: "medium",
  source: "Tandem",
  threshold: "more than 1 % of an event's of 3 days, and at least 20, given up for lack of room",
  fromFiles: false,
  mend: { url: "/app/settings#events", name: "audit.mend.eventChoices" },
  judge: (facts, isOpen) =>
    judgeEvents(facts, { severity: "medium", certainty: "proven" }, (audited) => {
      const { event, taken, shed } = sumEvent(audited, DAYS);
      const all = taken + shed;
      if (all < 20) return null;
      const share = shed / all;
      if (shed < (isOpen ? 5 : 20) || !isAbove(share, 0.01, isOpen)) return undefined;
      return {
        event,
        since: sinceDay(audited, DAYS, (day) => day.shed > 0),
        values: { share, count: shed },
        evidence: {
          text: "audit.evidence.eventShed",
          values: { event, count: shed, all },
          url: `/app?event=${event}`,
        },
      };
    }),
};
