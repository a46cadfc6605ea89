import { type Check, fails, HOLDS, isAbove, NOT_APPLICABLE, notKnown } from "../../check.ts";
import { lastDays, mostOfDatasets, sumDays } from "../../facts/sum-days.ts";

/** Requests to Meta that fail, whatever the cause. */
export const errorRate: Check = {
  code: "errorRate",
  area: "delivery",
  severity: "high",
  source: "Tandem",
  threshold: "more than 2 % of at least 20 requests of 3 days, and at least 5, refused or failed",
  fromFiles: false,
  mend: { url: "/app/events?view=attention", name: "audit.mend.events" },
  judge: ({ days, store, datasets }, isOpen) => {
    if (!store) return notKnown("not_in_files");
    if (datasets.length === 0) return NOT_APPLICABLE;
    const window = lastDays(days, 3);
    const counts = new Map<string, number>();
    for (const day of window)
      for (const { requests } of Object.values(day.datasets))
        for (const [result, count] of Object.entries(requests))
          counts.set(result, (counts.get(result) ?? 0) + count);
    const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
    if (all < 20) return notKnown("too_few");
    const failed = all - (counts.get("ok") ?? 0);
    const share = failed / all;
    // A request or two that failed are chance, whatever their share.
    if (failed < (isOpen ? 2 : 5) || !isAbove(share, 0.02, isOpen)) return HOLDS;
    const [cause = ""] =
      [...counts].filter(([result]) => result !== "ok").toSorted((a, b) => b[1] - a[1])[0] ?? [];
    const dead = sumDays(window, (day) => mostOfDatasets(day, ({ failed: refused }) => refused));
    return fails({
      severity: "high",
      certainty: "proven",
      since:
        window.find(({ datasets: of }) =>
          Object.values(of).some(({ requests }) => Object.keys(requests).some((result) => result !== "ok")),
        )?.day ?? null,
      orders: dead.count,
      worth: dead.worth,
      values: { share, count: failed, cause },
    });
  },
};
