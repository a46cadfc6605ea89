import pg from "pg";
import { describe, expect, it } from "vitest";

import type { Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { processComplianceRequests } from "#app/privacy/process-compliance-requests.server.ts";
import { openWebhookDesk } from "#tests/security/webhook-desk.ts";
import { eventually } from "#tests/setup/eventually.ts";
import { freshOrder, openPairing, report, SHOP, TOKEN } from "#tests/setup/open-pairing.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";
import { watchStatements } from "#tests/setup/watch-statements.ts";
import { hashCheckoutToken } from "#app/conversions/order/checkout-token.ts";
import { parseOrder } from "#app/conversions/order/parse-order.ts";
import { createIntake } from "#app/intake/take-in-order.server.ts";

const ORDER = "6100000000001";
const BRIEF = { answerMs: 60, lookUpMs: 20, lastLookMs: 20 };
const NEVER = new AbortController().signal;

/** A browser's report, or the order itself, on its way into its row while the order's redaction is carried out. */
describe.each(DATABASE_KINDS)("a redaction between any two statements on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let storeId: bigint;

  const seed = async (isPaid: boolean): Promise<void> => {
    const { prisma } = test.database;
    await prisma.store.deleteMany();
    await prisma.complianceRequest.deleteMany();
    ({ id: storeId } = await prisma.store.create({
      data: { shop: SHOP, webPixelState: "connected", datasets: { create: { datasetId: "111" } } },
    }));
    await prisma.complianceRequest.create({
      data: {
        shop: SHOP,
        topic: "customers/redact",
        requestKey: "k",
        subject: { orderIds: [ORDER] },
        receivedAt: new Date(),
        dueAt: new Date(Date.now() + 86_400_000),
      },
    });
    if (isPaid) await openPairing(test.database).pay(ORDER, { checkout_token: TOKEN });
  };
  const redact = async (database: Database): Promise<void> => {
    const { secretBox, clock } = openWebhookDesk(test.database, Date.now());
    const checkInstallation = async () => "installed" as const;
    const deps = { database, secretBox, clock, log: createLog("silent"), checkInstallation };
    expect(await processComplianceRequests(deps, NEVER)).toMatchObject({ done: 1 });
  };
  const ask = async (database: Database): Promise<void> => {
    const setup = openPairing(database, { times: BRIEF });
    expect((await setup.ask(report(ORDER))).status).toBe(200);
  };
  const pay = async (database: Database): Promise<void> => {
    const parsed = parseOrder(freshOrder(ORDER));
    if (!parsed.ok) throw new Error(parsed.problem.message);
    await createIntake({ database, clock: Date.now, log: createLog("silent") }).takeIn({
      shop: SHOP,
      order: parsed.order,
      via: "webhook",
    });
  };
  /** What is left of the buyer. */
  const personal = async (): Promise<object[]> => {
    const { prisma } = test.database;
    const reports = await prisma.browserReport.findMany({ where: { storeId } });
    const conversions = await prisma.conversion.findMany({ where: { storeId } });
    return [...reports, ...conversions].filter(
      (row) =>
        row.document !== null ||
        row.clientIp !== null ||
        row.clientUserAgent !== null ||
        ("copy" in row && row.copy !== null),
    );
  };

  it.each([
    ["a report of a paid order", true, ask],
    ["a report of an order that is not known", false, ask],
    ["an order that was never stored", false, pay],
  ])("keeps nothing of %s", async (_name, isPaid, write) => {
    for (const [outer, inner] of [
      [write, redact],
      [redact, write],
    ] as const) {
      let statements = 1;
      for (let at = 0; at < statements; at += 1) {
        await seed(isPaid);
        let seen = 0;
        const watched = watchStatements(test.database, async (index) => {
          seen = index + 1;
          if (index === at) await inner(test.database);
        });
        await outer(watched);
        statements = Math.max(statements, seen);
        expect(await personal(), `before statement ${at} of ${outer.name}`).toEqual([]);
      }
      expect(statements).toBeGreaterThan(1);
    }
  });

  // The embedded database does one statement after the other.
  const overlapping: readonly (readonly [string, typeof ask])[] =
    databaseKind === "server"
      ? [
          ["a report", ask],
          ["an order", pay],
        ]
      : [];
  it.each(overlapping)(
    "keeps nothing of %s whose statement is under way all the while",
    async (_name, write) => {
      await seed(false);
      const holder = new pg.Client({ connectionString: test.url });
      await holder.connect();
      try {
        // Somebody else is writing the same row: who wants to write it waits to see whether that is committed.
        await holder.query("BEGIN");
        if (write === ask)
          await holder.query(
            `INSERT INTO browser_report (store_id, order_id, checkout_token_hash, source, received_at)
           VALUES ($1, $2, $3, 'checkout_pixel', now())`,
            [storeId, ORDER, hashCheckoutToken(TOKEN)],
          );
        else
          await holder.query(
            `INSERT INTO conversion (store_id, event_name, source_key, order_id, event_id, event_time, paid_at, received_at,
             via, source, action_source, value, currency, test)
           VALUES ($1, 'Purchase', $2, $2, 'another', now(), now(), now(), 'webhook', 'web', 'website', 1, 'EUR', false)`,
            [storeId, ORDER],
          );
        const writing = write(test.database);
        await eventually(async () => expect(await waitingFor("transactionid")).toBe(1));
        let isRedacted = false;
        const redacting = redact(test.database).then(() => (isRedacted = true));
        await eventually(async () => expect(isRedacted || (await waitingFor("advisory")) > 0).toBe(true));
        await holder.query("ROLLBACK");
        await Promise.all([writing, redacting]);
        expect(await personal()).toEqual([]);
      } finally {
        await holder.end();
      }
    },
  );

  /** Statements that wait for a lock of this kind. */
  const waitingFor = async (kind: string): Promise<number> => {
    const [row] = await test.database.prisma.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE NOT l.granted AND l.locktype = ${kind} AND a.datname = current_database()`;
    return row?.n ?? 0;
  };
});
