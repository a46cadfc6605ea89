import { describe, expect, it } from "vitest";

import { packProvenance, unpackProvenance } from "./stored-places.ts";

const EVENT_ID = { key: "event_id", from: "order.order_number" };
const EMAIL = { key: "em", from: "order.email" };
const COUNTRY = { key: "country", from: "order.customer.default_address.country" };
const ATTRIBUTE = { key: "fbp", from: "order.note_attributes._elevar__fbp" };

describe("places in short", () => {
  // Rows of earlier days are read by these positions: a failure here means that a line was changed, moved or removed.
  it.each([
    [EVENT_ID, "00"],
    [{ key: "value", from: "order.current_total_price (total)" }, "08"],
    [{ key: "fbc", from: "order.landing_site (fbclid)" }, "0o"],
    [EMAIL, "0q"],
    [{ key: "fn", from: "order.customer.first_name" }, "0x"],
    [{ key: "zp", from: "order.billing_address.zip" }, "1e"],
    [COUNTRY, "1m"],
  ])("%o is %s, and stays it", (place, code) => {
    expect(packProvenance([place])).toEqual({ places: code });
    expect(unpackProvenance({ places: code })).toEqual([place]);
  });

  it("stand one after the other, what has no short form beside them in words", () => {
    const stored = packProvenance([ATTRIBUTE, EMAIL, EVENT_ID]);
    expect(stored).toEqual({ places: "0q00", provenance: [ATTRIBUTE] });
    expect(unpackProvenance(stored)).toEqual([EMAIL, EVENT_ID, ATTRIBUTE]);
  });

  it("that a newer version wrote are passed over", () => {
    expect(unpackProvenance({ places: "00zz0q0" })).toEqual([EVENT_ID, EMAIL]);
  });

  it("are none where nothing was noted, and words alone where an older version wrote them", () => {
    expect(packProvenance(undefined)).toEqual({});
    expect(packProvenance([])).toEqual({ places: "" });
    expect(unpackProvenance({})).toBeUndefined();
    expect(unpackProvenance({ provenance: [EMAIL] })).toEqual([EMAIL]);
  });
});
