import { HOLDS, NOT_APPLICABLE, fails, notKnown, type Check } from "../../check.ts";
import { EVENTS } from "../../../../extensions/contract/events/registry.ts";

/** Buyers whose browser asked after the web pixel was written last: it works, and knows the events by then. */
const FEWEST_BUYERS = 10;
const HOUR_MS = 3_600_000;
/** Every shop has these on the way to an order; a search is made by some alone. */
const LEAST_PRIORITY = 3;

/** An event is to be sent twice and never comes, though buyers' browsers talk to the app: the web pixel does not know it. */
export const eventsSilent: Check = {
  code: "eventsSilent",
  area: "sender",
  severity: "high",
  source: "Tandem",
  threshold:
    "an event with both copies that no browser reported since the web pixel was last written, though at least 10 buyers' browsers reported (high where none of the events comes, else medium)",
  fromFiles: false,
  mend: { url: "/app/settings#storefront", name: "audit.mend.storefront" },
  judge: ({ store, datasets, funnel, orders }) => {
    if (!store || funnel === null) return notKnown("not_in_files");
    const wanted = funnel.filter(
      ({ event, copies }) =>
        copies === "both" && EVENTS.some((each) => each.name === event && each.priority >= LEAST_PRIORITY),
    );
    if (datasets.length === 0 || wanted.length === 0) return NOT_APPLICABLE;
    const { at } = store.webPixel;
    if (at === null) return notKnown("not_asked");
    const buyers = orders.list.filter(
      ({ browser }) => browser !== null && browser.receivedAt > at + HOUR_MS,
    ).length;
    if (buyers < FEWEST_BUYERS) return notKnown("too_few");
    const since = new Date(at).toISOString().slice(0, 10);
    const silent = wanted.filter(({ days }) => !days.some(({ day, taken }) => day >= since && taken > 0));
    const [first] = silent;
    if (!first) return HOLDS;
    return fails({
      severity: silent.length === wanted.length ? "high" : "medium",
      certainty: "likely",
      since,
      values: { event: silent.map(({ event }) => event).join(", "), buyers },
      evidence: silent.map(({ event }) => ({
        text: "audit.evidence.eventSilent",
        values: { event, buyers },
        url: `/app?event=${event}`,
      })),
    });
  },
};
