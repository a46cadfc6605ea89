import { addWorth, type Check, fails, HOLDS, notKnown } from "../../check.ts";
import { FEWEST_ORDERS } from "../../facts/choose-orders.ts";
import { lastDays, sumDays } from "../../facts/sum-days.ts";

/** Too few orders whose two copies met. */
export const dedupRate: Check = {
  code: "dedupRate",
  area: "ids",
  severity: "high",
  source: "Tandem",
  threshold:
    "fewer than 80 % of at least 30 decided online orders of 28 days with both copies, and by more than chance makes of so few (one standard error: 7 points of 30 orders, 2 of 400); closes at 84 %",
  fromFiles: false,
  mend: { url: "/app/events?pairing=server_only", name: "audit.mend.events" },
  judge: ({ days, store }, isOpen) => {
    if (!store) return notKnown("not_in_files");
    const window = lastDays(days, 28);
    const of = (state: "paired" | "server_only" | "browser_only" | "mismatched") =>
      sumDays(window, ({ pairing }) => pairing[state]);
    const [paired, alone, browser, mismatched] = [
      of("paired"),
      of("server_only"),
      of("browser_only"),
      of("mismatched"),
    ];
    const decided = paired.count + alone.count + browser.count + mismatched.count;
    if (decided < FEWEST_ORDERS) return notKnown("too_few");
    const share = paired.count / decided;
    // Four weeks, and wide apart: a store at the edge must not open and close with every weekend, nor a new one with its first.
    const chance = Math.sqrt((0.8 * 0.2) / decided);
    if (share >= (isOpen ? 0.84 : 0.8 - chance)) return HOLDS;
    const since = window[0]?.day ?? null;
    return fails({
      severity: "high",
      certainty: "proven",
      since,
      orders: decided - paired.count,
      worth: addWorth([...alone.worth, ...browser.worth, ...mismatched.worth]),
      values: { share, count: decided - paired.count },
      evidence: [
        {
          text: "audit.evidence.unpaired",
          values: { lost: alone.count },
          url: `/app/events?pairing=server_only&from=${since ?? ""}`,
        },
      ],
    });
  },
};
