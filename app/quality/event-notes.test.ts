import { describe, expect, it } from "vitest";

import { sayText } from "../texts/texts.ts";
import { eventNotes as notesOf, type NotedEvent } from "./event-notes.ts";

const eventNotes = (event: NotedEvent) => notesOf(event).map(sayText);

const EVENT: NotedEvent = {
  actionSource: "website",
  orderNumber: "2901",
  dropped: [],
  sentKeys: ["em"],
  numberOwner: null,
};
const agent = (reason: string) => ({
  key: "client_user_agent",
  from: "order.client_details.user_agent",
  reason,
});
const click = { key: "fbc", from: "order.landing_site", reason: "not_in_admin_api" };

describe("what the event page says of how an event was made", () => {
  it("is nothing where all is as usual", () => {
    expect(eventNotes(EVENT)).toEqual([]);
  });

  it.each(["not_in_order", "malformed", "too_long"])("names the missing user agent (%s)", (reason) => {
    expect(eventNotes({ ...EVENT, dropped: [agent(reason)] })).toEqual([
      expect.stringMatching(/^No browser details: Meta asks for/),
    ]);
  });

  it("says nothing of it where the browser told it, or where Meta does not ask for it", () => {
    const dropped = [agent("not_in_order")];
    expect(eventNotes({ ...EVENT, dropped, sentKeys: ["client_user_agent"] })).toEqual([]);
    expect(eventNotes({ ...EVENT, dropped, actionSource: "physical_store" })).toEqual([]);
  });

  it("names what Shopify does not tell when it is asked", () => {
    const notes = eventNotes({ ...EVENT, dropped: [agent("not_in_admin_api"), click] });
    expect(notes).toEqual([
      expect.stringMatching(/^No browser details/),
      expect.stringMatching(/^Shopify was asked for this order/),
      expect.stringMatching(/user agent/),
      expect.stringMatching(/click ID/),
    ]);
  });
});
