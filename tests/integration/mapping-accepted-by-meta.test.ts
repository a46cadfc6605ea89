import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startMeta, type MetaSandbox } from "#sandbox/meta/start-meta.ts";
import { ORDER_CASES } from "#tests/orders/cases.ts";
import { mapCase } from "#tests/orders/map-case.ts";

/** The sandbox's Meta knows nothing of the mapping: it takes each order shape's event, or the mapping is wrong. */
describe("Meta's rules on every order shape", () => {
  let meta: MetaSandbox;
  let token = "";
  beforeAll(async () => {
    meta = await startMeta();
    meta.addDataset({ id: "1234567890", name: "Shop" });
    token = meta.addToken({ datasets: ["1234567890"] });
  });
  afterAll(() => meta.close());

  it.each(ORDER_CASES.map((orderCase) => [orderCase.name, orderCase] as const))(
    "%s",
    async (_name, orderCase) => {
      const { outcome } = mapCase(orderCase);
      if (outcome.kind === "skipped") {
        expect(outcome.reason).toMatch(/^[a-z_]+$/);
        return;
      }
      meta.bendClock({ nowMs: outcome.event.event_time * 1000 + 60_000 });
      const response = await fetch(`${meta.graphUrl}/v26.0/1234567890/events`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ data: [outcome.event] }),
      });
      expect(await response.json()).toMatchObject({ events_received: 1, messages: [] });
      expect(response.status).toBe(200);
    },
  );
});
