import { setTimeout as sleep } from "node:timers/promises";

import pg from "pg";

import { openStage, type DatabaseKind, type Stage } from "../stage.ts";
import { verify } from "../verify.ts";

const TERMINATE = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE pid <> pg_backend_pid() AND datname = current_database()`;

/** A database server that is locked, loses its connections, takes no writes, and has no connection left. */
export async function run({ databaseKind, seconds = 8 }: { databaseKind: DatabaseKind; seconds?: number }) {
  if (databaseKind === "embedded") return undefined;
  const started = performance.now();
  const stage = await openStage({ databaseKind, workers: 1 });
  const client = new pg.Client({ connectionString: stage.databaseUrl });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const phases: Record<string, Phase> = {};
    await stage.send(10);
    await stage.settled();
    phases["locked"] = await during(stage, async () => {
      await client.query("BEGIN; LOCK TABLE delivery IN ACCESS EXCLUSIVE MODE");
      await sleep(seconds * 1_000);
      await client.query("ROLLBACK");
    });
    phases["terminated"] = await during(stage, async () => {
      for (let second = 0; second < seconds; second += 1) {
        await client.query(TERMINATE);
        await sleep(1_000);
      }
    });
    phases["read_only"] = await during(stage, async () => {
      await client.query("ALTER SYSTEM SET default_transaction_read_only = on");
      await client.query("SELECT pg_reload_conf()");
      await client.query(TERMINATE);
      await sleep(seconds * 1_000);
      await client.query("ALTER SYSTEM RESET default_transaction_read_only");
      await client.query("SELECT pg_reload_conf()");
      await client.query(TERMINATE);
    });
    phases["no_connection_left"] = await during(stage, async () => {
      await client.query(TERMINATE);
      const taken = await takeAllConnections(stage.databaseUrl);
      await sleep(seconds * 1_000);
      await Promise.all(taken.map((one) => one.end().catch(() => undefined)));
    });
    const verdict = await verify(stage, started, 120_000);
    const neighboursHarmed = Object.values(phases).reduce((sum, { timeouts }) => sum + timeouts, 0);
    return { phases, neighboursHarmed, ...verdict, ok: verdict.ok && neighboursHarmed === 0 };
  } finally {
    await client.end().catch(() => undefined);
    await stage.close();
  }
}

interface Phase {
  /** Answers by status while the trouble lasted and until all orders were answered 200. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Webhooks without an answer within Shopify's five seconds. */
  readonly timeouts: number;
  readonly slowestMs: number;
  /** From the end of the trouble until every order had been taken in. */
  readonly recoveredMs: number;
}

/** Ten orders a second of both stores while `trouble` lasts. */
async function during(stage: Stage, trouble: () => Promise<void>): Promise<Phase> {
  const { webhooks } = stage.world.shopify;
  const before = { ...webhooks.stats.statuses };
  const from = webhooks.log.length === 0 ? 0 : (webhooks.log.at(-1)?.at ?? 0);
  let goesOn = true;
  const asking = (async () => {
    while (goesOn) {
      stage.sendTo("sick");
      stage.sendTo("healthy");
      await sleep(200);
    }
  })();
  await trouble();
  goesOn = false;
  await asking;
  const ended = performance.now();
  await stage.settled();
  const statuses = Object.fromEntries(
    Object.entries(webhooks.stats.statuses)
      .map(([status, count]) => [status, count - (before[status] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
  const attempts = webhooks.log.filter(({ at }) => at > from).map(({ milliseconds }) => milliseconds);
  return {
    statuses,
    timeouts: statuses["timeout"] ?? 0,
    slowestMs: Math.max(0, ...attempts),
    recoveredMs: Math.round(performance.now() - ended),
  };
}

async function takeAllConnections(url: string | undefined): Promise<readonly pg.Client[]> {
  const taken: pg.Client[] = [];
  for (let index = 0; index < 300; index += 1) {
    const one = new pg.Client({ connectionString: url });
    one.on("error", () => undefined);
    const isIn = await one.connect().then(
      () => true,
      () => false,
    );
    if (!isIn) break;
    taken.push(one);
  }
  return taken;
}
