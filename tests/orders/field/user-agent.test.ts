import { expect, test } from "vitest";
import { runFieldCase } from "./run-field-case.ts";

const GAP = { key: "client_user_agent", from: "order.client_details.user_agent", reason: "not_in_order" };

test("04: a web order without user agent stays a website event, and the gap is named", () => {
  const explained = runFieldCase("04_website_without_user_agent.json", { explain: true });
  expect(explained).toMatchObject({ event: { action_source: "website", event_id: "2901" } });
  expect(explained).not.toHaveProperty("event.user_data.client_user_agent");
  expect(explained).toMatchObject({ explain: { dropped: expect.arrayContaining([GAP]) as unknown } });
});

test("a web order with one has no such note", () => {
  const explained = runFieldCase("03_order_number_twice_a.json", { explain: true });
  expect(JSON.stringify(explained)).not.toContain(GAP.reason);
});
