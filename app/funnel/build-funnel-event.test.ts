import { describe, expect, it } from "vitest";

import { viewContent } from "../../extensions/contract/events/view-content.ts";
import { buildFunnelEvent } from "./build-funnel-event.ts";
import type { FunnelEventReport } from "./read-funnel-report.ts";

const NOW = Date.parse("2026-11-27T12:00:00.900Z");
const HASH = "a".repeat(64);

function report(more: Partial<FunnelEventReport> = {}): FunnelEventReport {
  return {
    declaration: viewContent,
    id: "sh-1",
    time: NOW,
    page: undefined,
    outcome: "sent",
    visitor: {},
    parameters: { value: 10, currency: "EUR" },
    ...more,
  };
}
const build = (event: FunnelEventReport, consent = {}, ip = "203.0.113.7") =>
  buildFunnelEvent(event, { ip, userAgent: "Mozilla/5.0" }, consent, { at: NOW, now: NOW });

describe("the server copy of an event", () => {
  it("has the browser's ID, time and parameters, and nothing that nobody said", () => {
    expect(build(report())).toEqual({
      event_name: "ViewContent",
      event_time: 1_795_780_800,
      event_id: "sh-1",
      action_source: "website",
      user_data: { client_ip_address: "203.0.113.7", client_user_agent: "Mozilla/5.0" },
      custom_data: { value: 10, currency: "EUR" },
    });
  });

  it("carries each hash as a list of one", () => {
    const { user_data } = build(report({ visitor: { known: { em: HASH, country: HASH } } }));
    expect(user_data).toMatchObject({ em: [HASH], country: [HASH] });
  });

  it("limits the use of data where its sale was refused (Meta: data processing options)", () => {
    expect(build(report(), { marketing: true, saleOfData: false })).toMatchObject({
      data_processing_options: ["LDU"],
      data_processing_options_country: 0,
      data_processing_options_state: 0,
    });
    expect(build(report(), { marketing: true, saleOfData: true })).not.toHaveProperty(
      "data_processing_options",
    );
  });

  it.each([
    ["fb.1.1764000000000.1098115397", "fb.1.1764000000000.1098115397"],
    ["undefined", undefined],
  ])("judges the browser ID %j", (fbp, expected) => {
    expect(build(report({ visitor: { fbp } })).user_data.fbp).toBe(expected);
  });

  it.each([
    ["fb.1.1764000000000.IwAR2F4-dbP0l7Mn1IawQQGCINEz7PYXQvwjNwB_qa2ofrHyiLjcbCRxTDMgk", true],
    ["fb.1.1764000000000.null", false],
  ])("judges the click ID %j", (fbc, isKept) => {
    expect(build(report({ visitor: { fbc } })).user_data.fbc).toBe(isKept ? fbc : undefined);
  });

  it.each([
    ["https://shop.example.com/products/a?key=secret#x", "https://shop.example.com/products/a"],
    ["https://checkout.shopify.com/1/checkouts/abc", undefined],
    ["javascript:alert(1)", undefined],
  ])("shows of the page %j what is public", (page, expected) => {
    expect(build(report({ page })).event_source_url).toBe(expected);
  });

  it("leaves out an address that no visitor has", () => {
    expect(build(report(), {}, "10.0.0.1").user_data).not.toHaveProperty("client_ip_address");
  });
});
