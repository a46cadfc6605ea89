import { setTimeout as sleep } from "node:timers/promises";

import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { listenOnServer } from "#app/platform/database/listen-on-server.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { eventually } from "../setup/eventually.ts";
import { startPostgresServer } from "../setup/start-postgres.ts";
import { relayToServer, type Relay } from "../setup/relay-to-server.ts";

/** LISTEN while a real server is stopped and comes back: how often it is tried, and who is called afterwards. */
describe("listening to a server that goes away", () => {
  let server: Awaited<ReturnType<typeof startPostgresServer>>;
  let relay: Relay;
  beforeAll(async () => {
    server = await startPostgresServer();
    relay = await relayToServer(`${server.url}/postgres`);
  });
  afterAll(async () => {
    await relay.close();
    await server.stop();
  });

  it("tries less and less often, whoever asks meanwhile, and calls everybody once when it is back", async () => {
    const warnings: string[] = [];
    const log = {
      ...createLog("silent"),
      warn: (_fields: object, message?: string) => void warnings.push(message ?? ""),
    } as unknown as ReturnType<typeof createLog>;
    const listener = listenOnServer(relay.url, log);
    try {
      const heard: string[] = [];
      await listener.listen("one", (payload) => heard.push(`first ${payload}`));
      const before = relay.attempts;
      expect(before).toBe(1);

      let isBack = false;
      const restarted = server.restart(12_000).finally(() => {
        isBack = true;
      });
      let stop: (() => Promise<void>) | undefined;
      const began = performance.now();
      while (!isBack) {
        // As each buyer's page does that comes meanwhile.
        await (
          await listener.listen("one", () => heard.push("left"))
        )();
        stop ??= await listener.listen("two", (payload) => heard.push(`second ${payload}`));
        await sleep(100);
      }
      await restarted;
      // Half the pause is the least: 0.25 + 0.5 + 1 + 2 + 4 + 5 + 5 … seconds. One after the other, never side by side.
      const seconds = (performance.now() - began) / 1_000;
      expect(relay.attempts - before).toBeLessThanOrEqual(6 + seconds / 5);
      expect(warnings).toHaveLength(1);

      const speaker = new pg.Client({ connectionString: `${server.url}/postgres` });
      await speaker.connect();
      await eventually(async () => {
        heard.length = 0;
        await speaker.query("NOTIFY one, 'a'");
        await speaker.query("NOTIFY two, 'b'");
        await sleep(500);
        expect(heard.sort()).toEqual(["first a", "second b"]);
      });
      expect(relay.open).toBe(1);

      await stop?.();
      heard.length = 0;
      await speaker.query("NOTIFY two, 'nobody'");
      await speaker.query("NOTIFY one, 'last'");
      await eventually(() => expect(heard).toEqual(["first last"]));
      await speaker.end();
    } finally {
      await listener.close();
    }
    await eventually(() => expect(relay.open).toBe(0));
    const after = relay.attempts;
    await sleep(1_000);
    expect(relay.attempts).toBe(after);
  });
});
