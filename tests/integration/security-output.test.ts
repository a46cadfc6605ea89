import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { MINE, openAttackStage, type AttackStage } from "#tests/security/attack-stage.ts";
import { addressOf, handlersOf, readEndpoints } from "#tests/security/endpoints.ts";

const SCRIPT = "</script><script>alert(1)</script>";
/** OWASP, "CSV Injection": what a spreadsheet takes for the beginning of a formula, after any separator. */
const FORMULAS = [
  "=1+1",
  "+1+1",
  "-1+1",
  "@SUM(1)",
  "\t=1+1",
  "\r=1+1",
  "\n=1+1",
  "＝1+1",
  "x;=1+1",
  'x",=1+1',
];

/** What others wrote comes out of the app as text and as nothing else. */
describe("what the app gives out", () => {
  let stage: AttackStage;

  beforeAll(async () => {
    stage = await openAttackStage();
    const { pay, world, test } = stage;
    await world.connectDataset(MINE, "1234567890123456", SCRIPT);
    const paidAt = Date.now() - 20 * 60_000;
    await pay(MINE, "6400000000001", paidAt, { name: SCRIPT });
    const { id, storeId } = await test.database.prisma.conversion.findFirstOrThrow();
    await test.database.prisma.delivery.updateMany({
      where: { conversionId: id },
      data: { lastMessage: SCRIPT },
    });
    await test.database.prisma.store.update({ where: { id: storeId }, data: { metafieldProblem: SCRIPT } });
    for (const [index, formula] of FORMULAS.entries())
      await test.database.prisma.conversion.create({
        data: {
          storeId,
          eventName: "Purchase",
          sourceKey: `f${index}`,
          orderName: formula,
          eventId: `f${index}`,
          eventTime: new Date(paidAt),
          paidAt: new Date(paidAt),
          receivedAt: new Date(paidAt),
          source: "web",
          actionSource: "website",
        },
      });
  });
  afterAll(() => stage.close());

  it("escapes names and messages in every page, in its HTML and in the data within it", async () => {
    const token = () => stage.world.shopify.idToken(MINE);
    const showing: string[] = [];
    for (const [file, kind] of readEndpoints()) {
      if (kind !== "admin" || file === "auth.$.ts" || handlersOf(file).length === 0) continue;
      const address = addressOf(file);
      // A file, which no browser reads as a page: the next test says why.
      if (address === "/app/events/csv") continue;
      const html = await (
        await stage.ask(`${address}?q=${encodeURIComponent(SCRIPT)}&locale=${SCRIPT}`, await token())
      ).text();
      expect(html, address).not.toContain("<script>alert");
      if ((await (await stage.ask(address, await token())).text()).includes("alert(1)"))
        showing.push(address);
    }
    expect(showing).toEqual(expect.arrayContaining(["/app/datasets/1", "/app/events/1", "/app/settings"]));
  });

  it("gives the export out as a file of CSV, which no browser reads as a page", async () => {
    for (const query of ["", `?q=${encodeURIComponent(SCRIPT)}`, "?q=none", "?format=html"]) {
      const answer = await stage.ask(`/app/events/csv${query}`, await stage.world.shopify.idToken(MINE));
      expect(answer.headers.get("content-type"), query).toBe("text/csv; charset=utf-8");
      expect(answer.headers.get("x-content-type-options"), query).toBe("nosniff");
      expect(answer.headers.get("content-disposition"), query).toMatch(
        /^attachment; filename="[a-z0-9-]+-events-\d{4}-\d\d-\d\d\.csv"$/,
      );
    }
    // A cell holds what the order holds, and needs no quotes: nothing in it ends a cell, a line or a quotation (RFC 4180).
    const csv = await (await stage.ask("/app/events/csv", await stage.world.shopify.idToken(MINE))).text();
    expect(csv).toContain(`\r\n${SCRIPT},6400000000001,`);
  });

  it("repeats nothing of an address to a browser that would run it", async () => {
    const marked = encodeURIComponent(SCRIPT);
    for (const path of [
      `/?_data=${marked}`,
      `/app?_data=routes%2F${marked}`,
      `/app/${marked}`,
      `/${marked}?shop=${marked}`,
      `/app?shop=${marked}&host=${Buffer.from(SCRIPT).toString("base64url")}&embedded=1&id_token=${marked}`,
      `/auth/session-token?shop=${MINE}&shopify-reload=${marked}`,
      `/auth/login?shop=${marked}`,
      `/assets/${marked}`,
    ])
      for (const method of ["GET", "POST"]) {
        const answer = await stage.ask(path, undefined, { method });
        const text = await answer.text();
        if (answer.headers.get("content-type")?.startsWith("text/html"))
          expect(text, `${method} ${path}`).not.toContain("<script>alert");
        expect(answer.headers.get("x-content-type-options"), path).toBe("nosniff");
      }
  });

  it("fetches no address that a store, an order, a browser or a person names", async () => {
    let visits = 0;
    const trap = createServer((_request, response) => {
      visits += 1;
      response.end();
    });
    await new Promise<void>((resolve) => trap.listen(0, "localhost", resolve));
    const there = `http://localhost:${(trap.address() as AddressInfo).port}`;
    const { ask, world, test } = stage;
    const token = () => world.shopify.idToken(MINE);
    await test.database.prisma.store.updateMany({ data: { storefrontUrl: there } });
    const status = await stage.pay(MINE, "6400000000002", Date.now() - 20 * 60_000, {
      order_number: 64002,
      landing_site: `${there}/?fbclid=x`,
      order_status_url: there,
      referring_site: there,
      note_attributes: [{ name: "_fbc", value: there }],
    });
    expect(status).toBe(200);
    const body = JSON.stringify({
      ...{ v: 1, shop: MINE, orderId: "6400000000002", checkoutToken: "0".repeat(31) + "1" },
      ...{ pageUrl: there, consent: { marketing: true } },
    });
    expect((await ask("/pixel/checkout", undefined, { method: "POST", body })).status).toBe(200);
    for (const [path, form] of [
      ["/app/datasets/new", { datasetId: there, token: there, name: there }],
      [
        "/app/datasets/new",
        { datasetId: "1234567890123459", token: `${there}/${"x".repeat(30)}`, name: there },
      ],
      ["/app/test-events", { intent: "code", code: there }],
    ] as const)
      await ask(path, await token(), { method: "POST", body: new URLSearchParams(form) });
    for (const query of [
      `host=${Buffer.from(there).toString("base64url")}`,
      `shop=${there}`,
      `link=${there}`,
    ])
      await ask(`/app?${query}`, await token());
    const delivery = () =>
      test.database.prisma.delivery.findFirst({ where: { conversion: { orderId: "6400000000002" } } });
    await expect.poll(async () => (await delivery())?.state).toBe("delivered");
    trap.close();
    expect(visits).toBe(0);
  });

  it("defuses every cell of the real export that a spreadsheet would run", async () => {
    const csv = await (await stage.ask("/app/events/csv", await stage.world.shopify.idToken(MINE))).text();
    for (const formula of FORMULAS) {
      const text = formula.replaceAll('"', '""');
      const defused = text.replace(/(?=[=+\-@＝]1|@S)/, "'").replace(/^(?=[\t\r\n])/, "'");
      expect(csv, JSON.stringify(formula)).toContain(`"${defused}"`);
    }
    // As a spreadsheet with commas, and as one with semicolons for separators, reads it.
    const cells = csv.replaceAll('""', "").split(/[,;\r\n\t]|"(?=[,;\r\n])/);
    expect(cells.filter((cell) => /^"?[=+@＝]|^"?-\D/.test(cell))).toEqual([]);
  });
});
