import { expect, it } from "vitest";

import type { AuditFacts } from "../../facts/audit-facts.ts";
import { daysAgo, healthyFacts, NOW, withStore } from "#tests/setup/healthy-facts.ts";

import { embedSilent } from "./check.ts";

const HOUR = 3_600_000;
const silentFor = (hours: number | null, facts: AuditFacts = healthyFacts()) =>
  embedSilent.judge(
    {
      ...facts,
      storefront: facts.storefront && {
        ...facts.storefront,
        lastHeartbeat: hours === null ? null : NOW - hours * HOUR,
      },
    },
    false,
  );

it("fails after 48 hours without a report while orders come, with the orders since", () => {
  expect(silentFor(49)).toMatchObject({
    kind: "fails",
    severity: "high",
    certainty: "likely",
    since: daysAgo(2),
    // 36 online orders a day: three days.
    orders: 108,
    values: { hours: 49 },
  });
  expect(silentFor(48).kind).toBe("holds");
});

it("fails where no page ever reported, once the app is installed for two days", () => {
  expect(silentFor(null).kind).toBe("fails");
  const fresh = withStore(healthyFacts(), { installedAt: NOW - 40 * HOUR });
  expect(silentFor(null, fresh)).toEqual({ kind: "not_known", why: "too_few" });
});

it("cannot say where fewer than three online orders came in two days", () => {
  // One order a day.
  expect(silentFor(100, healthyFacts(1))).toEqual({ kind: "not_known", why: "too_few" });
});
