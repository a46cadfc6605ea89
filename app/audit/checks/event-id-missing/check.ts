import { isSentOutcome } from "../../../pairing/browser-outcome.ts";
import { type Check } from "../../check.ts";
import { type SentCopy } from "../../facts/audited-order.ts";
import { realOrders, sentCopies } from "../../facts/choose-orders.ts";
import { judgeAny } from "../../judge-share.ts";

const lacksId = ({ eventId }: SentCopy): boolean => eventId === null || eventId === "";

/** A copy without an event ID cannot meet its twin. */
export const eventIdMissing: Check = {
  code: "eventIdMissing",
  area: "ids",
  severity: "critical",
  source: "Meta",
  threshold: "any copy without an event ID",
  fromFiles: true,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }) =>
    judgeAny(
      orders.list,
      realOrders(orders.list).filter((order) => {
        const { browser } = order;
        const told = browser?.copy && isSentOutcome(browser.outcome) ? [browser.copy] : [];
        return [...sentCopies(order), ...told].some(lacksId);
      }),
      "critical",
    ),
};
