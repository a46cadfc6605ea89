import { freePort } from "#sandbox/free-port.ts";
import { createApp } from "#sandbox/start-world.ts";

import { startBalancer, type Balancer } from "../balancer.ts";
import { openStage, type DatabaseKind } from "../stage.ts";
import { verify } from "../verify.ts";

/**
 * A new version is rolled out under load (docs/operation.md): two web processes behind a balancer and two workers, replaced one
 * by one. No webhook may need a second try. With a server alone: the embedded database has one process.
 */
export async function run({
  databaseKind,
  perSecond = 40,
  webhookPatience = 1,
}: {
  databaseKind: DatabaseKind;
  perSecond?: number;
  /** Above 1 on a machine that is busy with other things: then an answer that comes late is no second try. */
  webhookPatience?: number;
}) {
  if (databaseKind === "embedded") return undefined;
  const started = performance.now();
  const ports = [await freePort(), await freePort()] as const;
  let balancer: Balancer | undefined;
  const stage = await openStage({
    databaseKind,
    workers: 2,
    inlineWorker: false,
    webhookPatience,
    front: async (port) => {
      balancer = await startBalancer(port);
      balancer.add(ports[0]);
      return ports[0];
    },
  });
  const second = createApp(
    { ...stage.world.app.environment, PORT: String(ports[1]) },
    `http://localhost:${ports[1]}`,
  );
  try {
    await second.start();
    balancer?.add(ports[1]);
    let isReplaced = false;
    const load = (async () => {
      while (!isReplaced) await stage.send(perSecond, { overMs: 1_000 });
    })();
    const codes: (number | null)[] = [];
    for (const [web, port] of [
      [stage.world.app, ports[0]],
      [second, ports[1]],
    ] as const) {
      await balancer?.drain(port);
      codes.push(await web.stop());
      await web.start();
      balancer?.add(port);
    }
    for (const worker of stage.workers) {
      codes.push(await worker.stop());
      await worker.start();
    }
    isReplaced = true;
    await load;
    await stage.settled();
    const outcomes = await Promise.all(stage.sent.map(({ outcome }) => outcome));
    const secondTries = outcomes.filter((each) => !(each.kind === "delivered" && each.attempts === 1)).length;
    const verdict = await verify(stage, started, 60_000);
    const unanswered = balancer?.unanswered ?? -1;
    const ok = verdict.ok && unanswered === 0 && secondTries === 0 && codes.every((code) => code === 0);
    return { exits: codes, unanswered, secondTries, ...verdict, ok };
  } finally {
    await second.stop();
    await stage.close();
    await balancer?.close();
  }
}
