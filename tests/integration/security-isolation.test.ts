import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { newChannel } from "#app/alerts/channels/channel-form.ts";
import { MINE, openAttackStage, THEIRS, type AttackStage } from "#tests/security/attack-stage.ts";
import { addressOf, handlersOf, readEndpoints } from "#tests/security/endpoints.ts";
import { formFields, formIntents } from "#tests/security/form-fields.ts";

const ORDER = "6300000000001";
const ORDER_NUMBER = "630001";
const DATASET = "2234567890123456";
const DATASET_NAME = "Owners only";
const TEST_CODE = "TESTOWNED1";
const HOOK_HOST = "owners-only.example";
const FUNNEL_EVENT = "sh-owned-4B0C-9D2E";
const FUNNEL_PAGE = "https://owned.example/products/owned-goods";
/** Pages that show an event of the funnel where the address names one. */
const FUNNEL_FILES = ["app.funnel.tsx", "app.events._index.tsx", "app.events.csv.ts"];

/** Every route of the admin, as docs/security.md lists them: a new one is asked without being named here. */
const ROUTES = [...readEndpoints()].flatMap(([file, kind]) =>
  kind === "admin" && file !== "auth.$.ts" && handlersOf(file).length > 0 ? [file] : [],
);

/** One store has everything; staff of another know every ID of it and ask every loader and action. */
describe("a merchant who knows another store's IDs", () => {
  let stage: AttackStage;
  let ids: readonly string[];

  beforeAll(async () => {
    stage = await openAttackStage();
    const { webhook, world } = stage;
    const { prisma } = stage.test.database;
    await world.connectDataset(THEIRS, DATASET, DATASET_NAME);
    const paidAt = Date.now() - 20 * 60_000;
    await stage.pay(THEIRS, ORDER, paidAt, { order_number: Number(ORDER_NUMBER) });
    const customer = { email: "buyer@example.com" };
    const request = { shop_domain: THEIRS, customer, data_request: { id: 1 } };
    await webhook("customers/data_request", THEIRS, JSON.stringify(request));
    const store = await prisma.store.update({
      where: { shop: THEIRS },
      data: { testEventCode: TEST_CODE, testEventCodeExpiresAt: new Date(Date.now() + 3_600_000) },
      include: { datasets: true },
    });
    const [dataset] = store.datasets;
    const run = await prisma.testRun.create({
      data: {
        storeId: store.id,
        datasetId: dataset?.id ?? 0n,
        startedAt: new Date(),
        eventId: "t",
        steps: [],
      },
    });
    const [today] = new Date().toISOString().split("T");
    const event = await prisma.funnelEvent.create({
      data: {
        day: new Date(today ?? ""),
        storeId: store.id,
        datasetId: dataset?.id ?? 0n,
        eventName: "ViewContent",
        eventId: FUNNEL_EVENT,
        eventTime: new Date(),
        receivedAt: new Date(),
        outcome: "sent",
        state: "delivered",
        keys: ["fbp"],
        payload: { event_source_url: FUNNEL_PAGE },
      },
    });
    const added = await stage.ask(`/app/alerts/new?${dataOf("app.alerts.$id.tsx")}`, await token(THEIRS), {
      method: "POST",
      body: JSON.stringify({ values: { ...newChannel("webhook"), target: `https://${HOOK_HOST}/hook` } }),
      headers: { "content-type": "application/json" },
    });
    expect(await added.json()).toMatchObject({ kind: "saved" });
    const settled = () => prisma.delivery.count({ where: { storeId: store.id, state: "delivered" } });
    const exported = () => prisma.complianceRequest.count({ where: { sealedExport: { not: null } } });
    for (let waited = 0; waited < 30_000; waited += 200) {
      if ((await settled()) > 0 && (await exported()) > 0) break;
      await sleep(200);
    }
    const rows = [
      store,
      run,
      ...(await prisma.alertChannel.findMany({ where: { storeId: store.id } })),
      ...store.datasets,
      ...(await prisma.conversion.findMany({ where: { storeId: store.id } })),
      ...(await prisma.delivery.findMany({ where: { storeId: store.id } })),
      ...(await prisma.complianceRequest.findMany({ where: { shop: THEIRS } })),
    ];
    ids = [...new Set([...rows.map(({ id }) => String(id)), `${today}.${event.id}`])];
  });
  afterAll(() => stage.close());

  const token = (shop: string) => stage.world.shopify.idToken(shop);
  const dataOf = (file: string) => `_data=${encodeURIComponent(`routes/${file.replace(/\.tsx?$/, "")}`)}`;
  const addressesOf = (file: string) => {
    const address = addressOf(file).replace("/1/1", "/ViewContent/1");
    return file.includes("$") ? ids.map((id) => address.replace("/1", `/${id}`)) : [address];
  };
  const secretsIn = (text: string) =>
    [ORDER, ORDER_NUMBER, DATASET, DATASET_NAME, TEST_CODE, HOOK_HOST, FUNNEL_EVENT, FUNNEL_PAGE].filter(
      (secret) => text.includes(secret),
    );

  /** What is theirs, as text, without what moves by itself (tallies, Meta's scores, times of syncs). */
  const theirRows = async () => {
    const { prisma } = stage.test.database;
    const { id } = await prisma.store.findUniqueOrThrow({ where: { shop: THEIRS } });
    const rows = await prisma.$queryRaw<{ row: string }[]>`
      SELECT (to_jsonb(s) - ARRAY['signed_in_at', 'metafield_at', 'web_pixel_at'])::text AS row FROM store s WHERE id = ${id}::bigint
      UNION ALL SELECT t::text FROM dataset t WHERE store_id = ${id}::bigint
      UNION ALL SELECT t::text FROM conversion t WHERE store_id = ${id}::bigint
      UNION ALL SELECT t::text FROM delivery t WHERE store_id = ${id}::bigint
      UNION ALL SELECT t::text FROM browser_report t WHERE store_id = ${id}::bigint
      UNION ALL SELECT t::text FROM funnel_event t WHERE store_id = ${id}::bigint
      UNION ALL SELECT t::text FROM alert_channel t WHERE store_id = ${id}::bigint
      UNION ALL SELECT t::text FROM alert_message t WHERE store_id = ${id}::bigint
      UNION ALL SELECT t::text FROM test_run t WHERE store_id = ${id}::bigint
      UNION ALL SELECT t::text FROM compliance_request t WHERE shop = ${THEIRS}
      UNION ALL SELECT t::text FROM session t WHERE shop = ${THEIRS}`;
    return rows.map(({ row }) => row).sort();
  };

  it.each(ROUTES.filter((file) => handlersOf(file).some(({ name }) => name === "loader")))(
    "reads nothing of it through %s",
    async (file) => {
      const plain = ["", `q=${ORDER_NUMBER}`, `shop=${THEIRS}`].concat(
        ids.flatMap((id) => [
          `dataset=${id}&store=${id}&storeId=${id}&id=${id}`,
          ...(/^\d+$/.test(id) ? [`after=${BigInt(id) + 1n}`, `before=${BigInt(id) - 1n}`] : []),
        ]),
      );
      const ofEvents = ["", `&q=${FUNNEL_EVENT}`, ...ids.map((id) => `&dataset=${id}&after=${id}`)].map(
        (more) => `event=ViewContent${more}`,
      );
      // Without an event the funnel's overview only leads to that of purchases.
      const queries = [
        ...(file === "app.funnel.tsx" ? [] : plain),
        ...(FUNNEL_FILES.includes(file) ? ofEvents : []),
      ];
      let answered = 0;
      for (const address of addressesOf(file))
        for (const query of queries)
          for (const form of [dataOf(file), ""]) {
            const where = `${address}?${[query, form].filter(Boolean).join("&")}`;
            const answer = await stage.ask(where, await token(MINE));
            const text = await answer.text();
            // Another store's row is not there; another shop's name in the address is refused or sent on its way.
            const expected = file.includes("$") ? [404] : [200];
            expect(query.startsWith("shop=") ? [...expected, 302, 410] : expected, where).toContain(
              answer.status,
            );
            // A page repeats what its own visitor searched for.
            const found = secretsIn(text).filter((secret) => !where.includes(secret));
            expect(found, where).toEqual([]);
            answered += 1;
          }
      expect(answered).toBeGreaterThan(0);
    },
  );

  it.each(ROUTES.filter((file) => handlersOf(file).some(({ name }) => name === "action")))(
    "changes nothing of it through %s",
    async (file) => {
      const before = await theirRows();
      for (const address of addressesOf(file))
        for (const id of ids)
          for (const intent of formIntents()) {
            const values = { ...Object.fromEntries(formFields().map((field) => [field, id])), intent };
            const more = { id, storeId: id, shop: THEIRS, name: "stolen", token: `EAA${"x".repeat(40)}` };
            for (const [type, body] of [
              ["application/x-www-form-urlencoded", new URLSearchParams({ ...values, ...more }).toString()],
              ["application/json", JSON.stringify({ ...values, ...more, version: 1, values: {} })],
            ] as const) {
              const where = `${address}?${dataOf(file)}&store=${id}&dataset=${id}`;
              const init = { method: "POST", body, headers: { "content-type": type } };
              const answer = await stage.ask(where, await token(MINE), init);
              expect(answer.status, `${where} ${body}`).toBeLessThan(500);
              expect(secretsIn(await answer.text()), `${where} ${body}`).toEqual([]);
            }
          }
      expect(await theirRows()).toEqual(before);
    },
  );

  it("would have found it: its owner does, on every page that shows any of it", async () => {
    const shown = await Promise.all(
      ROUTES.flatMap((file) => addressesOf(file)).map(async (address) => {
        const answer = await stage.ask(address, await token(THEIRS));
        return secretsIn(await answer.text()).length > 0
          ? [address.replace(/\/[\da-f-]*\d[\da-f.-]*/, "/$")]
          : [];
      }),
    );
    expect([...new Set(shown.flat())].sort()).toEqual([
      "/app",
      "/app/alerts",
      "/app/alerts/$",
      "/app/audit/orders",
      "/app/audit/orders/csv",
      "/app/datasets",
      "/app/datasets/$",
      "/app/events",
      "/app/events/$",
      "/app/events/ViewContent/$",
      "/app/events/csv",
      "/app/privacy/$/export",
      "/app/settings",
      "/app/test-events",
    ]);
  });
});
