import { describe, expect, it } from "vitest";

import {
  HASHED_COUNTRY,
  HASHED_EMAIL,
  samplePurchase,
  type Purchase,
} from "#tests/setup/sandbox/post-events.ts";
import { Notes } from "./dataset.ts";
import { checkRequest } from "./validate-request.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const SECONDS = NOW / 1000;
const DAY = 86_400;
const ok = null;

/** The subcode Meta refuses with, or null. */
function judge(body: Record<string, unknown>, notes = new Notes()): number | null {
  const verdict = checkRequest(body, NOW, notes);
  return verdict.ok ? null : verdict.rejection.subcode;
}

const judgeEvent = (changes: Purchase): number | null =>
  judge({ data: [samplePurchase("1001", SECONDS - 60, changes)] });
const judgeUser = (user: unknown): number | null => judgeEvent({ user_data: user });
const judgeCustom = (custom: unknown, name = "Purchase"): number | null =>
  judgeEvent({ custom_data: custom, event_name: name });
const withEmail = (more: object): object => ({ em: HASHED_EMAIL, ...more });
const money = { value: 10, currency: "EUR" };

describe("the envelope (meta.md 1.3)", () => {
  const event = samplePurchase("1", SECONDS - 60);
  it.each([
    ["one event", { data: [event] }, ok],
    ["1,000 events", { data: Array.from({ length: 1000 }, () => event) }, ok],
    ["1,001 events", { data: Array.from({ length: 1001 }, () => event) }, 2804019],
    ["no events", { data: [] }, 2804019],
    ["no data", {}, 2804019],
    ["data that is no list", { data: event }, 2804019],
    ["a test event code", { data: [event], test_event_code: "TEST123" }, ok],
    ["an empty test event code", { data: [event], test_event_code: "" }, 2804019],
    ["a partner agent of 22 characters", { data: [event], partner_agent: "tandem-1.0.0-abcdefghi" }, ok],
    [
      "a partner agent of 23 characters",
      { data: [event], partner_agent: "tandem-1.0.0-abcdefghij" },
      2804019,
    ],
    ["a partner agent of one letter", { data: [event], partner_agent: "t-1.0" }, 2804019],
    ["a null among events", { data: [event, null] }, 2804019],
  ])("%s", (_, body, subcode) => expect(judge(body)).toBe(subcode));

  it("refuses the whole batch for its last event", () => {
    const good = Array.from({ length: 999 }, (_, index) => samplePurchase(String(index), SECONDS - 60));
    expect(judge({ data: [...good, samplePurchase("bad", SECONDS - 8 * DAY)] })).toBe(2804003);
  });
});

describe("event fields (meta.md 1.4)", () => {
  it.each([
    ["as it should be", {}, ok],
    ["without a name", { event_name: undefined }, 2804019],
    ["with an empty name", { event_name: "" }, 2804019],
    ["without a time", { event_time: undefined }, 2804019],
    ["with a time as text", { event_time: String(SECONDS) }, 2804019],
    ["with a time in fractions", { event_time: SECONDS - 0.5 }, 2804019],
    ["without an action source", { action_source: undefined }, 2804019],
    ["with an unknown action source", { action_source: "web" }, 2804019],
    ["without user data", { user_data: undefined }, 2804019],
    ["without an event ID", { event_id: undefined }, ok],
    ["with an event ID as a number", { event_id: 923177 }, 2804019],
    ["with a null event ID", { event_id: null }, 2804019],
    ["with a null URL", { event_source_url: null }, 2804019],
    ["with an unknown key", { order_number: 5 }, 2804019],
    ["with opt_out as text", { opt_out: "false" }, 2804019],
    ["with original event data", { original_event_data: { event_name: "Purchase" } }, ok],
  ])("%s", (_, changes, subcode) => expect(judgeEvent(changes)).toBe(subcode));

  it("accepts a website event without user agent and URL, but notes it", () => {
    const notes = new Notes();
    const event = samplePurchase("1", SECONDS - 60, {
      user_data: { em: HASHED_EMAIL },
      event_source_url: undefined,
    });
    expect(judge({ data: [event] }, notes)).toBe(ok);
    expect(notes.toJSON()).toEqual({ website_without_user_agent: 1, website_without_source_url: 1 });
  });
});

describe("new or returning customers (audit.md section 4)", () => {
  it.each([
    [
      "inside custom_data",
      { custom_data: { ...money, customer_segmentation: "new_customer_to_business" } },
      ok,
    ],
    ["a value of no list", { custom_data: { ...money, customer_segmentation: "new" } }, 2804019],
    ["beside custom_data", { customer_segmentation: "new_customer_to_business" }, 2804019],
  ])("%s", (_name, changes, expected) => {
    expect(judgeEvent(changes)).toBe(expected);
  });
});

describe("event time (meta.md 1.5)", () => {
  it.each([
    ["now", SECONDS, "website", ok],
    ["a second ahead", SECONDS + 1, "website", 2804004],
    ["in milliseconds by mistake", NOW, "website", 2804004],
    ["7 days ago", SECONDS - 7 * DAY, "website", ok],
    ["7 days and a second ago", SECONDS - 7 * DAY - 1, "website", 2804003],
    ["8 days ago in a shop", SECONDS - 8 * DAY, "physical_store", ok],
    ["62 days ago in a shop", SECONDS - 62 * DAY, "physical_store", ok],
    ["62 days and a second ago in a shop", SECONDS - 62 * DAY - 1, "physical_store", 2804003],
    ["8 days ago, made by a system", SECONDS - 8 * DAY, "system_generated", 2804003],
  ])("%s", (_, time, source, subcode) =>
    expect(judgeEvent({ event_time: time, action_source: source })).toBe(subcode),
  );
});

describe("customer information (meta.md section 2)", () => {
  it.each([
    ["a hash", { em: HASHED_EMAIL }, ok],
    ["a list of hashes", { em: [HASHED_EMAIL, HASHED_EMAIL] }, ok],
    ["a hash with an appendix of 8", { em: `${HASHED_EMAIL}.AQQCAQMC` }, ok],
    ["a hash with an appendix of 2", { em: `${HASHED_EMAIL}.AQ` }, ok],
    ["an MD5 hash", { em: "0bc83cb571cd1c50ba6f3e8a78ef1346" }, ok],
    ["a hash in capitals", { em: HASHED_EMAIL.toUpperCase() }, 2804019],
    ["a plain e-mail", { em: "john_smith@example.com" }, 2804019],
    ["a plain phone", { ph: "16505551212" }, 2804019],
    ["a plain country", withEmail({ country: "us" }), 2804019],
    ["a hash cut short", { em: HASHED_EMAIL.slice(1) }, 2804019],
    ["one bad value in a list", { em: [HASHED_EMAIL, "mary"] }, 2804019],
    ["an empty list", { em: [] }, 2804019],
    ["null", { em: null }, 2804019],
    ["empty text", withEmail({ external_id: "" }), 2804019],
    ["null in a list", { em: [null] }, 2804019],
    ["an unknown key", withEmail({ click_id: "x" }), 2804019],
    ["a plain external ID", { external_id: "customer-7" }, ok],
    ["external IDs in a list", { external_id: ["7", "8"] }, ok],
    ["an external ID as a number", { external_id: 7 }, 2804019],
    ["an IPv4 address", withEmail({ client_ip_address: "203.0.113.7" }), ok],
    ["an address with an appendix", withEmail({ client_ip_address: "203.0.113.7.AQQCAQMC" }), ok],
    ["no address at all", withEmail({ client_ip_address: "unknown" }), 2804019],
    ["a hashed address", withEmail({ client_ip_address: HASHED_EMAIL }), 2804019],
    ["a login ID as digits", withEmail({ fb_login_id: "1234" }), ok],
    ["a login ID as words", withEmail({ fb_login_id: "mary" }), 2804019],
    ["user data as a list", [HASHED_EMAIL], 2804019],
  ])("%s", (_, user, subcode) => expect(judgeUser(user)).toBe(subcode));

  it.each([
    ["as the page forms it", "fb.1.1554763741205.AbCdEfGhIjKlMnOpQrStUvWxYz1234567890", ok],
    ["with dashes and underscores", "fb.1.1554763741205.IwAR2-x_y", ok],
    ["with an appendix", "fb.1.1554763741205.IwAR2.AQQCAQMC", ok],
    ["for localhost", "fb.0.1554763741205.IwAR2", ok],
    ["a bare click ID", "IwAR2F4-dbP0l7Mn1IawQQGCINEz7PYXQvwjNwB_qa2ofrHyiLjcbCRxTDMgk", 2804001],
    ["without a click ID", "fb.1.1554763741205.", 2804001],
    ["with a time in words", "fb.1.now.IwAR2", 2804001],
    ["hashed", HASHED_EMAIL, 2804001],
    ["null", null, 2804019],
  ])("fbc %s", (_, fbc, subcode) => expect(judgeUser(withEmail({ fbc }))).toBe(subcode));

  it.each([
    ["as the page forms it", "fb.1.1596403881668.1116446470", ok],
    ["cut short", "fb.1.1596403881668", 2804019],
    ["something else", "GA1.2.345.678", 2804019],
  ])("fbp %s", (_, fbp, subcode) => expect(judgeUser(withEmail({ fbp }))).toBe(subcode));

  it("notes an fbc whose time is in seconds and the hash of nothing", () => {
    const notes = new Notes();
    const user = {
      em: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      fbc: "fb.1.1554763741.IwAR2",
      client_user_agent: "x",
    };
    expect(judge({ data: [samplePurchase("1", SECONDS, { user_data: user })] }, notes)).toBe(ok);
    expect(notes.toJSON()).toEqual({ fbc_time_not_in_milliseconds: 1, hash_of_empty_string: 1 });
  });

  const hash = HASHED_COUNTRY;
  it.each([
    ["nothing", {}, 2804050],
    [
      "place, gender and user agent",
      { ct: hash, country: hash, st: hash, zp: hash, ge: hash, client_user_agent: "x" },
      2804050,
    ],
    ["user agent alone", { client_user_agent: "x" }, 2804050],
    ["birthdate and user agent", { db: hash, client_user_agent: "x" }, 2804050],
    ["first name and gender", { fn: hash, ge: hash }, 2804050],
    ["last name and gender", { ln: hash, ge: hash }, 2804050],
    ["first and last name", { fn: hash, ln: hash }, ok],
    ["first name and city", { fn: hash, ct: hash }, ok],
    ["user agent and address", { client_user_agent: "x", client_ip_address: "203.0.113.7" }, ok],
    ["fbp alone", { fbp: "fb.1.1596403881668.1116446470" }, ok],
  ])("identity of %s (meta.md 2.2)", (_, user, subcode) => expect(judgeUser(user)).toBe(subcode));
});

describe("custom data (meta.md 1.7)", () => {
  it.each([
    ["value and currency", money, "Purchase", ok],
    ["currency in lower case", { value: 10, currency: "usd" }, "Purchase", ok],
    ["a free order", { value: 0, currency: "USD" }, "Purchase", ok],
    ["none for a purchase", undefined, "Purchase", 2804009],
    ["none for a page view", undefined, "PageView", ok],
    ["a purchase without value", { currency: "USD" }, "Purchase", 2804009],
    ["a value without currency", { value: 10 }, "Purchase", 2804023],
    ["a value as text", { value: "10", currency: "USD" }, "Purchase", 2804019],
    ["a currency that is none", { value: 10, currency: "XYZ" }, "Purchase", 2804019],
    ["contents without an id", { ...money, contents: [{ quantity: 1 }] }, "Purchase", 2804008],
    ["contents with an empty id", { ...money, contents: [{ id: "" }] }, "Purchase", 2804008],
    ["contents that are no list", { ...money, contents: { id: "7" } }, "Purchase", 2804019],
    ["a quantity of none", { ...money, contents: [{ id: "7", quantity: 0 }] }, "Purchase", 2804019],
    ["a price as text", { ...money, contents: [{ id: "7", item_price: "9.57" }] }, "Purchase", 2804019],
    ["an unknown delivery", { ...money, delivery_category: "drone" }, "Purchase", 2804019],
    ["an unknown content type", { ...money, content_type: "variant" }, "Purchase", 2804019],
    ["an order ID as a number", { ...money, order_id: 61 }, "Purchase", 2804019],
    ["properties of one's own", { ...money, loyalty: { tier: 3 } }, "Purchase", ok],
  ])("%s", (_, custom, name, subcode) => expect(judgeCustom(custom, name)).toBe(subcode));
});

describe("Limited Data Use (meta.md 1.8)", () => {
  it.each([
    ["off", [], undefined, undefined, ok],
    ["on, geolocated", ["LDU"], 0, 0, ok],
    ["on, California", ["LDU"], 1, 1000, ok],
    ["on, Rhode Island", ["LDU"], 1, 1013, ok],
    ["on, country without state", ["LDU"], 1, undefined, ok],
    ["an unknown option", ["ldu"], 0, 0, 2804019],
    ["an option outside a list", "LDU", 0, 0, 2804019],
    ["an unknown state", ["LDU"], 1, 1014, 2804019],
    ["a state without its country", ["LDU"], 0, 1000, 2804019],
    ["an unknown country", ["LDU"], 2, 0, 2804019],
  ])("%s", (_, options, country, state, subcode) => {
    const changes = {
      data_processing_options: options,
      data_processing_options_country: country,
      data_processing_options_state: state,
    };
    expect(judgeEvent(changes)).toBe(subcode);
  });
});
