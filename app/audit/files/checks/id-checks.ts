import { HOLDS, fails, notKnown, type EvidenceRow } from "../../check.ts";
import { formOfId, type MatchedFiles, type MatchedOrder } from "../match-files.ts";
import {
  anyOrder,
  FEWEST,
  FEWEST_BAD,
  NEEDS_EVENTS,
  sales,
  someEvents,
  type FileCheck,
} from "./file-check.ts";
import "../../../texts/areas/files.ts";

/** Purchases that nothing can deduplicate. */
export const purchaseWithoutId: FileCheck = {
  code: "purchaseWithoutId",
  threshold: "any purchase without an event ID",
  judge: ({ purchases, withoutId }) =>
    purchases === 0
      ? NEEDS_EVENTS
      : someEvents(withoutId, {
          severity: "critical",
          certainty: "proven",
          values: { share: withoutId / purchases },
        }),
};

/** "1001" here and "shopify_1001" there: one order under two IDs, or two senders that do not know of each other. */
export const idForms: FileCheck = {
  code: "idForms",
  threshold: "event IDs made of the order in more than one way, such as 1001 and #1001",
  judge: (files) => {
    if (files.purchases === 0) return NEEDS_EVENTS;
    const forms = new Map<string, number>();
    for (const each of files.orders)
      for (const form of formsOf(each)) forms.set(form, (forms.get(form) ?? 0) + 1);
    if (forms.size < 2) return HOLDS;
    const evidence = [...forms]
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, 6)
      .map(([form, count]): EvidenceRow => ({ text: "files.evidence.form", values: { form, count } }));
    return fails({ severity: "medium", certainty: "proven", values: { forms: forms.size }, evidence });
  },
};

function formsOf({ order, events }: MatchedOrder): readonly string[] {
  const forms = events.flatMap(({ eventId }) => (eventId === null ? [] : [formOfId(eventId, order) ?? "—"]));
  return [...new Set(forms)];
}

/** The same copy more than once by the same way. */
export const sentTwice: FileCheck = {
  code: "sentTwice",
  threshold: "any paid order with the same event ID more than once from one side",
  judge: (files) => {
    if (files.purchases === 0) return NEEDS_EVENTS;
    const bad = sales(files).filter(({ events }) => {
      const copies = new Map<string, number>();
      for (const { eventId, side, count } of events) {
        // Of a side that the file does not name, two may be the two copies.
        const key = `${side} ${eventId}`;
        if (eventId !== null) copies.set(key, (copies.get(key) ?? 0) + count);
      }
      return [...copies].some(([key, count]) => count > (key.startsWith("null") ? 2 : 1));
    });
    return anyOrder(bad, { severity: "high", certainty: "likely" });
  },
};

/** Purchases that are about no order of the same days. */
export const eventWithoutOrder: FileCheck = {
  code: "eventWithoutOrder",
  threshold: "more than 5 % of at least 30 purchases, and at least 3, on days that the orders cover",
  judge: ({ purchases, loose, looseFrom }) => {
    if (purchases === 0) return NEEDS_EVENTS;
    if (purchases < FEWEST) return notKnown("too_few");
    const share = loose / purchases;
    if (loose < FEWEST_BAD || share <= 0.05) return HOLDS;
    return someEvents(loose, {
      severity: "high",
      certainty: "likely",
      since: looseFrom,
      values: { share },
    });
  },
};

/** Paid online orders of days that the events cover, of which no event is there. */
export const orderWithoutEvent: FileCheck = {
  code: "orderWithoutEvent",
  threshold: "more than 5 % of at least 30 paid online orders, and at least 3, on days that the events cover",
  judge: (files) => {
    const looked = coveredSales(files);
    if (looked === null) return NEEDS_EVENTS;
    if (looked.length < FEWEST) return notKnown("too_few");
    const bad = looked.filter(({ events }) => events.length === 0);
    const share = bad.length / looked.length;
    if (bad.length < FEWEST_BAD || share <= 0.05) return HOLDS;
    return anyOrder(bad, { severity: "high", certainty: "likely", values: { share } });
  },
};

/** The first and the last day of an export are often parts of days. */
function coveredSales(files: MatchedFiles): readonly MatchedOrder[] | null {
  const { eventDays: days } = files;
  if (days === null) return null;
  return sales(files).filter(
    ({ order }) => order.source === "web" && order.day > days.from && order.day < days.to,
  );
}
