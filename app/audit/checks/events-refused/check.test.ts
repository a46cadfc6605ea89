import { expect, it } from "vitest";

import { daysAgo, healthyFacts, withEvent } from "#tests/setup/healthy-facts.ts";

import { eventsRefused } from "./check.ts";

/** Of 400 events a day that are settled. */
const refusing = (refused: Record<string, number>, event = "AddToCart") =>
  withEvent(healthyFacts(), event, 2, (day) => ({ ...day, paired: 400, serverOnly: 0, refused }));

it("fails above 2 % and names the event, the most frequent cause and the first day", () => {
  expect(eventsRefused.judge(refusing({ payload: 20, too_old: 5 }), false)).toMatchObject({
    kind: "fails",
    severity: "high",
    certainty: "proven",
    since: daysAgo(1),
    values: { event: "AddToCart", events: 1, count: 50, cause: "payload" },
    evidence: [{ text: "audit.evidence.eventRefused", url: "/app/events?event=AddToCart&state=dead" }],
  });
});

it("holds for a few, and where nothing is refused", () => {
  expect(eventsRefused.judge(refusing({ payload: 2 }), false).kind).toBe("holds");
  expect(eventsRefused.judge(healthyFacts(), false).kind).toBe("holds");
});

it("says nothing of fewer than 20 events", () => {
  const facts = healthyFacts(1, { funnel: [] });
  expect(eventsRefused.judge(facts, false).kind).toBe("not_applicable");
  const few = withEvent(
    healthyFacts(40, { funnel: (healthyFacts().funnel ?? []).slice(0, 1) }),
    "InitiateCheckout",
    8,
    (day) => ({
      ...day,
      paired: 2,
      serverOnly: 0,
      refused: { payload: 2 },
    }),
  );
  expect(eventsRefused.judge(few, false)).toEqual({ kind: "not_known", why: "too_few" });
});
