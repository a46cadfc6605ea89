import { type Check } from "../../check.ts";
import { realOrders } from "../../facts/choose-orders.ts";
import { judgeAny, judgeShare } from "../../judge-share.ts";

function middleOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Values that spoil an average. */
export const moneyOdd: Check = {
  code: "moneyOdd",
  area: "money",
  severity: "medium",
  source: "Tandem",
  threshold:
    "more than 5 % of at least 30 orders worth nothing, any currency that is none, or more than 1 % and at least 3 orders above 20 times the median",
  fromFiles: true,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }, isOpen) => {
    const looked = realOrders(orders.list).filter(({ value }) => value !== null);
    const unknown = looked.filter(
      ({ currency, server }) =>
        (currency !== null && !/^[A-Z]{3}$/.test(currency)) ||
        server.some(({ failure }) => failure?.subcode === 2804023),
    );
    if (unknown.length > 0) return judgeAny(looked, unknown, "medium");
    const nothing = looked.filter(({ value }) => value === 0);
    const empty = judgeShare(looked, nothing, {
      threshold: 0.05,
      severity: "medium",
      certainty: "proven",
      isOpen,
    });
    if (empty.kind !== "holds") return empty;
    const middle = middleOf(looked.flatMap(({ value }) => (value !== null && value > 0 ? [value] : [])));
    const huge = looked.filter(({ value }) => (value ?? 0) > 20 * middle);
    return judgeShare(looked, huge, {
      threshold: 0.01,
      fewestBad: 3,
      severity: "medium",
      certainty: "likely",
      isOpen,
    });
  },
};
