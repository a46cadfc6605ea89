import { describe, expect, it } from "vitest";

import type { FunnelReport } from "../../extensions/contract/funnel-report.ts";
import { MOST_EVENTS } from "../../extensions/contract/funnel-report.ts";
import { FUNNEL_ROOM } from "#app/funnel/decide-shed.ts";
import type { IncomingRequest } from "#app/platform/http/incoming-request.server.ts";
import {
  addFunnelStore,
  funnelReport,
  openFunnel,
  reportedEvent,
  talliesOf,
  visitorWith,
} from "#tests/drill/funnel-fixture.ts";
import { shareFunnel } from "#tests/drill/share-funnel.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";

/** What a stranger who knows a shop's domain can do at /pixel/events, and what not (docs/security.md). */
describe.each(DATABASE_KINDS)("strangers at the funnel's intake on the %s database", (databaseKind) => {
  const stage = shareFunnel(databaseKind);

  const report = (more: Partial<FunnelReport> = {}) =>
    funnelReport(stage.store, [reportedEvent({ name: "AddToCart", time: stage.time.clock() })], more);
  const stored = () => stage.prisma.funnelEvent.count();

  it.each<[string, number, (body: FunnelReport) => unknown, Record<string, string>?]>([
    ["another site's page", 403, (body) => body, { origin: "https://evil.example" }],
    ["a page that only begins like the shop", 403, (body) => body, { origin: "https://store.example.com" }],
    ["another media type", 415, (body) => body, { "content-type": "application/x-www-form-urlencoded" }],
    ["no JSON", 400, () => "{"],
    ["a list 100 levels deep", 400, () => "[".repeat(100) + "]".repeat(100)],
    ["more than a report can be", 413, (body) => ({ ...body, padding: "x".repeat(50_000) })],
    ["a key that no version has", 400, (body) => ({ ...body, admin: true })],
    ["another version", 400, (body) => ({ ...body, v: 2 })],
    ["a shop of no form", 400, (body) => ({ ...body, shop: "shop.example.com" })],
    [
      "more events than one page has",
      400,
      (body) => ({ ...body, events: Array(MOST_EVENTS + 1).fill(body.events[0]) }),
    ],
    ["no event", 400, (body) => ({ ...body, events: [] })],
    ["a refusal of marketing", 204, (body) => ({ ...body, consent: { marketing: false } })],
    ["nobody's consent", 204, (body) => ({ ...body, consent: {} })],
  ])("keeps nothing of %s: %i", async (_, status, change, headers = {}) => {
    expect((await stage.funnel.post(change(report()), headers)).status).toBe(status);
    expect(await stored()).toBe(0);
  });

  it.each<[string, (event: FunnelReport["events"][number]) => unknown]>([
    ["a Purchase", (event) => ({ ...event, name: "Purchase" })],
    ["a page view, which no server copies", (event) => ({ ...event, name: "PageView" })],
    ["a name of nobody's", (event) => ({ ...event, name: "__proto__" })],
    ["a visitor that is not there", (event) => ({ ...event, visitor: 1 })],
    ["a negative value", (event) => ({ ...event, parameters: { ...event.parameters, value: -1 } })],
    ["a value without currency", (event) => ({ ...event, parameters: { value: 1 } })],
    ["a currency of no country", (event) => ({ ...event, parameters: { value: 1, currency: "ABC" } })],
    ["a currency that is none", (event) => ({ ...event, parameters: { value: 1, currency: "'); --" } })],
    ["a parameter of no declaration", (event) => ({ ...event, parameters: { email: "jane@example.com" } })],
    ["a catalogue ID with a zero byte", (event) => ({ ...event, parameters: { content_ids: ["a\u0000"] } })],
    ["an ID of spaces", (event) => ({ ...event, id: "   " })],
    ["an outcome of no kind", (event) => ({ ...event, outcome: "bought" })],
    ["half a character", (event) => ({ ...event, parameters: { content_name: "\ud800" } })],
  ])("leaves out %s, and takes the event beside it", async (_, change) => {
    const body = report();
    const [event] = body.events;
    if (!event) throw new Error("a report has an event");
    const bad = JSON.parse(JSON.stringify(change(event))) as object;
    const answer = await stage.funnel.post({ ...body, events: [bad, { ...event, id: "the-good-one" }] });
    expect([answer.status, await answer.json()]).toEqual([202, { taken: 1, shed: 0 }]);
    expect((await stage.prisma.funnelEvent.findMany()).map(({ eventId }) => eventId)).toEqual([
      "the-good-one",
    ]);
    expect((await stage.funnel.post({ ...body, events: [bad] })).status).toBe(400);
    expect(await stage.prisma.conversion.count()).toBe(0);
  });

  it("takes no raw e-mail address for a hash", async () => {
    const visitors = [{ ...visitorWith(), known: { em: "jane@example.com" } }];
    expect((await stage.funnel.post(report({ visitors }))).status).toBe(400);
    expect(await stored()).toBe(0);
  });

  it("drops identifiers and pages that are none, and sends the event without", async () => {
    const body = report({ visitors: [{ fbp: "undefined", fbc: "fb.1.1.x" }] });
    const [event] = body.events;
    await stage.funnel.post({
      ...body,
      events: [{ ...event, page: "https://checkout.shopify.com/jane@example.com?key=secret" }],
    });
    const [row] = await stage.prisma.funnelEvent.findMany();
    expect(row?.payload).toEqual({
      event_name: "AddToCart",
      event_id: event?.id,
      event_time: Math.floor((event?.time ?? 0) / 1000),
      action_source: "website",
      user_data: { client_ip_address: "203.0.113.7", client_user_agent: body.userAgent },
      custom_data: event?.parameters,
    });
  });

  it("answers for a shop that is not ours as for one that is, and asks the database once in a while", async () => {
    const known = await stage.funnel.post(report());
    const unknown = { ...report(), shop: "nobody.myshopify.com" };
    const first = await stage.funnel.post(unknown);
    expect([first.status, await first.text(), [...first.headers]]).toEqual([
      known.status,
      await known.text(),
      [...known.headers],
    ]);
    // Known from the first question on, for some seconds.
    await stage.prisma.store.create({ data: { shop: "nobody.myshopify.com" } });
    await stage.funnel.post(unknown);
    expect(await stored()).toBe(1);
  });

  it("lets one address report so much and no more, whatever shop it names", async () => {
    const statuses: number[] = [];
    for (let request = 0; request < 40; request += 1) {
      const events = Array.from({ length: 25 }, () =>
        reportedEvent({ name: "ViewContent", time: stage.time.clock() }),
      );
      const body = { ...funnelReport(stage.store, events), shop: `guess-${request}.myshopify.com` };
      statuses.push((await stage.funnel.post(body)).status);
    }
    // 300 at once: twelve requests of 25 events.
    expect(statuses.filter((status) => status === 202)).toHaveLength(12);
    expect(statuses.slice(13).every((status) => status === 429)).toBe(true);
    const other = await stage.funnel.post(report(), {}, "198.51.100.9");
    expect(other.status).toBe(202);
  });

  it("lets many addresses flood one shop up to its limit, and no other shop pays for it", async () => {
    const victim = stage.store;
    const neighbour = await addFunnelStore(stage.test.database, "990002", stage.meta);
    const funnel = await openFunnel(stage.test.database, stage.meta.graphUrl, stage.time.clock, {
      limits: { perStore: { burst: 50, perSecond: 1 } },
    });
    const now = stage.time.clock();
    let limited = 0;
    for (let request = 0; request < 100; request += 1) {
      const forged = funnelReport(victim, [reportedEvent({ name: "AddToCart", time: now })]);
      const answer = await funnel.post(forged, {}, `198.${request}.100.9`);
      if (answer.status === 429) {
        limited += 1;
        expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      }
    }
    const own = funnelReport(neighbour, [reportedEvent({ name: "AddToCart", time: now })]);
    expect((await funnel.post(own, {}, "203.0.113.80")).status).toBe(202);
    await funnel.close();
    expect([limited, await stored()]).toEqual([50, 51]);
    // What was forged stands in the merchant's funnel, and nowhere among orders.
    expect(await talliesOf(stage.test.database, "funnel", victim.id)).toMatchObject({
      "AddToCart:taken": [50, 995],
    });
    expect(await talliesOf(stage.test.database, "order")).toEqual({});
  });

  it("moves an event by what the clock is wrong, and takes none of the future or of last week", async () => {
    const now = stage.time.clock();
    const HOUR = 3_600_000;
    const times = [
      // This clock is an hour ahead.
      { sentAt: now + HOUR, time: now + HOUR - 5_000, expected: now - 5_000 },
      // This one agrees.
      { sentAt: now - 2_000, time: now - 4_000, expected: now - 4_000 },
      { sentAt: now, time: now + 10 * HOUR, expected: undefined },
      { sentAt: now, time: now - 8 * 24 * HOUR, expected: undefined },
    ];
    for (const { sentAt, time, expected } of times) {
      await stage.prisma.$executeRaw`TRUNCATE funnel_event`;
      const answer = await stage.funnel.post(
        funnelReport(stage.store, [reportedEvent({ name: "AddToCart", time })], { sentAt }),
      );
      expect(await answer.json()).toEqual({ taken: expected === undefined ? 0 : 1, shed: 0 });
      const [row] = await stage.prisma.funnelEvent.findMany();
      expect(row?.eventTime.getTime()).toBe(expected);
    }
  });

  it("gives up under overload what is worth least first, then everything, and counts what it gives up", async () => {
    let share = 0.7;
    const funnel = await openFunnel(stage.test.database, stage.meta.graphUrl, stage.time.clock, {
      load: () => ({ backlog: share * FUNNEL_ROOM.backlog, loopDelayMs: 0, waiting: 0 }),
    });
    const page = () =>
      funnelReport(
        stage.store,
        ["ViewContent", "AddToCart", "InitiateCheckout"].map((name) =>
          reportedEvent({ name, time: stage.time.clock() }),
        ),
      );
    const some = await funnel.post(page());
    expect([some.status, await some.json()]).toEqual([202, { taken: 2, shed: 1 }]);
    share = 1;
    const none = await funnel.post(page());
    expect([none.status, none.headers.get("retry-after")]).toEqual([503, "10"]);
    await funnel.close();
    expect((await stage.prisma.funnelEvent.findMany()).map(({ eventName }) => eventName).toSorted()).toEqual([
      "AddToCart",
      "InitiateCheckout",
    ]);
    expect(await talliesOf(stage.test.database, "funnel", 0n)).toEqual({
      "ViewContent:shed": [2, 0],
      "AddToCart:shed": [1, 0],
      "InitiateCheckout:shed": [1, 0],
    });
    const metric = await funnel.metrics.registry.getSingleMetricAsString("tandem_funnel_events_total");
    expect(metric).toContain('tandem_funnel_events_total{event="ViewContent",result="shed"} 2');
  });

  it("gives a body that never ends up, and holds no memory for it", async () => {
    const funnel = await openFunnel(stage.test.database, stage.meta.graphUrl, stage.time.clock, {
      bodyLimits: { bytes: 100_000, slowMs: 100, displaceAfterMs: 50 },
    });
    const dripping: IncomingRequest = {
      method: "POST",
      headers: { get: (name) => (name === "content-type" ? "text/plain" : null) },
      body: { getReader: () => ({ read: () => new Promise(() => undefined), releaseLock: () => undefined }) },
    };
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => funnel.take(dripping, `198.51.${index}.1`)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([408]));
    await funnel.close();
  });
});
