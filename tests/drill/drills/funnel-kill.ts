import { setTimeout as sleep } from "node:timers/promises";

import { funnelReport, reportedEvent } from "../funnel-fixture.ts";
import { openStage, type DatabaseKind } from "../stage.ts";

/** Milliseconds. */
const LOAD = 1_500;
const EVERY = 10;
const PATIENCE = 120_000;

/**
 * kill -9 in the middle of events of the funnel. What was answered as taken must reach Meta, and be counted once; what was not,
 * a browser brings again, so here it may be missing.
 */
export async function run({ databaseKind, rounds = 5 }: { databaseKind: DatabaseKind; rounds?: number }) {
  const started = performance.now();
  const stage = await openStage({ databaseKind });
  const { world } = stage;
  const metaId = stage.datasetOf("healthy");
  const taken = new Set<string>();
  try {
    world.meta.setFaults([{ kind: "latency", ms: 50, jitterMs: 300 }]);
    const post = async (onTaken: () => void): Promise<void> => {
      const event = reportedEvent({ name: "AddToCart", time: Date.now() });
      const report = { ...funnelReport({ storeId: 0n, id: 0n, metaId, token: "" }, [event]), shop: SHOP };
      const answer = await fetch(`${world.app.url}/pixel/events`, {
        method: "POST",
        body: JSON.stringify(report),
      });
      // A busy process says by 202 too that it left the event out.
      const { taken: kept } = (answer.status === 202 ? await answer.json() : {}) as { taken?: number };
      if (kept !== 1) return;
      taken.add(event.id);
      onTaken();
    };
    for (let round = 0; round < rounds; round += 1) {
      const posts: Promise<void>[] = [];
      const first = Promise.withResolvers<void>();
      let isKilled = false;
      // Not before an answer: a busy machine would have taken nothing yet, and the round would show nothing.
      const killed = Promise.race([first.promise, sleep(PATIENCE)])
        .then(() => sleep(Math.random() * LOAD))
        .then(() => world.app.kill())
        .then(() => (isKilled = true));
      for (const end = performance.now() + LOAD; performance.now() < end || !isKilled; await sleep(EVERY))
        posts.push(post(first.resolve).catch(() => undefined));
      await killed;
      await Promise.all(posts);
      await world.app.start();
    }
    const seen = () =>
      world.meta.events({ dataset: metaId }).filter(({ id }) => id !== null && taken.has(id));
    for (const end = performance.now() + PATIENCE; performance.now() < end && seen().length < taken.size;)
      await sleep(200);
    const arrived = seen();
    const lost = taken.size - arrived.length;
    const doubled = arrived.filter(({ counted }) => counted !== 1).length;
    return {
      databaseKind,
      ok: lost === 0 && doubled === 0 && taken.size > 0,
      rounds,
      taken: taken.size,
      lost,
      doubled,
      repeated: arrived.filter(({ copies }) => copies.length > 1).length,
      seconds: Math.round((performance.now() - started) / 1000),
    };
  } finally {
    await stage.close();
  }
}

/** Of the store beside the sick one. */
const SHOP = "kawa-goods.myshopify.com";
