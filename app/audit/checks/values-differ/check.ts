import { type Check } from "../../check.ts";
import { type SentCopy } from "../../facts/audited-order.ts";
import { bothCopies, realOrders } from "../../facts/choose-orders.ts";
import { judgeAny } from "../../judge-share.ts";

function differs({ browser, server }: { readonly browser: SentCopy; readonly server: SentCopy }): boolean {
  const apart = <Value>(one: Value | null, other: Value | null) =>
    one !== null && other !== null && one !== other;
  const ids = (copy: SentCopy) => copy.contentIds && copy.contentIds.toSorted().join(" ");
  return (
    apart(browser.value, server.value) ||
    apart(browser.currency, server.currency) ||
    apart(ids(browser), ids(server))
  );
}

/** Both copies have to say the same money. */
export const valuesDiffer: Check = {
  code: "valuesDiffer",
  area: "money",
  severity: "high",
  source: "Meta",
  threshold: "any order whose two copies differ in value, currency or products",
  fromFiles: true,
  mend: { url: "/app/events?pairing=mismatched", name: "audit.mend.events" },
  judge: ({ orders }) =>
    judgeAny(
      orders.list,
      realOrders(orders.list).filter((order) => {
        const both = bothCopies(order);
        return both !== undefined && differs(both);
      }),
      "high",
    ),
};
