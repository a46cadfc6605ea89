import { createHash } from "node:crypto";

import { describe, expect, it } from "vitest";

import {
  funnelReport,
  reportedEvent,
  talliesOf,
  USER_AGENT,
  VISITOR_ADDRESS,
} from "#tests/drill/funnel-fixture.ts";
import { shareFunnel } from "#tests/drill/share-funnel.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";

const SECOND = 1_000;
const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

describe.each(DATABASE_KINDS)("the funnel on the %s database", (databaseKind) => {
  const stage = shareFunnel(databaseKind);

  it("takes an event, sends it as the browser did, and forgets address and user agent", async () => {
    const now = stage.time.clock();
    const email = hashOf("jane@example.com");
    const customer = hashOf("7001");
    const event = reportedEvent({ name: "AddToCart", time: now - 3 * SECOND });
    const visitor = {
      fbp: `fb.1.${now - 1_000_000}.1098115397`,
      known: { em: email, external_id: customer },
    };
    const answer = await stage.funnel.post(
      funnelReport(stage.store, [event], { visitors: [visitor], sentAt: now }),
    );
    expect([answer.status, await answer.json()]).toEqual([202, { taken: 1, shed: 0 }]);

    stage.time.pass(2 * SECOND);
    expect(await stage.funnel.worker.runOnce()).toBe(1);
    expect(stage.meta.payloads().at(-1)).toMatchObject({
      dataset: stage.store.metaId,
      payload: {
        event_name: "AddToCart",
        event_id: event.id,
        event_time: Math.floor((now - 3 * SECOND) / 1000),
        action_source: "website",
        event_source_url: "https://shop.example.com/products/trail-bottle",
        user_data: {
          em: [email],
          external_id: [customer],
          fbp: visitor.fbp,
          client_ip_address: VISITOR_ADDRESS,
          client_user_agent: USER_AGENT,
        },
        custom_data: event.parameters,
      },
    });
    const [row] = await stage.prisma.funnelEvent.findMany();
    expect(row).toMatchObject({
      storeId: stage.store.storeId,
      datasetId: stage.store.id,
      eventName: "AddToCart",
      eventId: event.id,
      state: "delivered",
      outcome: "sent",
      currency: "EUR",
      keys: ["em", "external_id", "client_ip_address", "client_user_agent", "fbp"],
      payload: { user_data: { em: [email], external_id: [customer], fbp: visitor.fbp } },
    });
    expect(JSON.stringify(row?.payload)).not.toMatch(/client_|203\.0\.113|Mozilla/);
  });

  it("counts by hand what came, how it went, and with what it was known", async () => {
    const now = stage.time.clock();
    const events = [
      reportedEvent({ name: "ViewContent", time: now, outcome: "sent" }),
      reportedEvent({ name: "ViewContent", time: now, outcome: "blocked" }),
      reportedEvent({ name: "InitiateCheckout", time: now, outcome: "failed" }),
      // Not among what this store sends.
      reportedEvent({ name: "Search", time: now, parameters: { search_string: "bottle" } }),
    ];
    const answer = await stage.funnel.post(funnelReport(stage.store, events));
    expect(await answer.json()).toEqual({ taken: 3, shed: 0 });
    expect(await talliesOf(stage.test.database, "funnel", stage.store.id)).toEqual({
      "ViewContent:taken": [2, 39.8],
      "ViewContent:sent": [1, 0],
      "ViewContent:blocked": [1, 0],
      "InitiateCheckout:taken": [1, 19.9],
      "InitiateCheckout:failed": [1, 0],
    });
    stage.time.pass(2 * SECOND);
    await stage.funnel.worker.runOnce();
    expect(await talliesOf(stage.test.database, "funnel", stage.store.id)).toMatchObject({
      "ViewContent:paired": [1, 0],
      "ViewContent:server_only": [1, 0],
      "InitiateCheckout:server_only": [1, 0],
    });
    expect(await talliesOf(stage.test.database, "funnel_key", stage.store.id)).toEqual({
      "InitiateCheckout:client_ip_address": [1, 0],
      "InitiateCheckout:client_user_agent": [1, 0],
      "InitiateCheckout:fbp": [1, 0],
      "ViewContent:client_ip_address": [2, 0],
      "ViewContent:client_user_agent": [2, 0],
      "ViewContent:fbp": [2, 0],
    });
  });

  it("keeps one row of an event that is sent three times at once, and counts it once", async () => {
    const report = funnelReport(stage.store, [
      reportedEvent({ name: "AddToCart", time: stage.time.clock() }),
    ]);
    const answers = await Promise.all([
      stage.funnel.post(report),
      stage.funnel.post(report),
      stage.funnel.post(report),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    await stage.funnel.post(report);
    expect(await stage.prisma.funnelEvent.count()).toBe(1);
    expect(await talliesOf(stage.test.database, "funnel")).toEqual({
      "AddToCart:taken": [1, 19.9],
      "AddToCart:sent": [1, 0],
    });
  });
});
