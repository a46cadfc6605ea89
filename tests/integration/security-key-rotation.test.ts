import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { BROWSER_AGENT, startWorld, type World } from "#sandbox/start-world.ts";
import { testBox, testKey } from "#tests/security/webhook-desk.ts";
import { DATABASE_KINDS, openTestDatabase } from "#tests/setup/open-test-database.ts";
import { runNode } from "#tests/setup/run-process.ts";
import { APP_PROCESS } from "../../scripts/ensure-build.ts";

const SHOP = "tandem-demo.myshopify.com";
const DATASET = "1234567890123456";
const [FIRST, SECOND] = [testKey(11), testKey(12)];

/** A change of keys as an operator makes it: the app's process, its variables, `npm run ops`. */
describe.each(DATABASE_KINDS)("a new encryption key on the %s database", (databaseKind) => {
  let world: World;
  let destroy: () => Promise<void>;

  beforeAll(async () => {
    const test = databaseKind === "server" ? await openTestDatabase(databaseKind) : undefined;
    destroy = async () => test?.destroy();
    world = await startWorld({
      ...(test ? { databaseUrl: test.url } : {}),
      environment: { APP_ENCRYPTION_KEY: FIRST },
    });
    await world.signIn(SHOP);
    await world.connectDataset(SHOP, DATASET);
    await world.app.stop();
  });
  afterAll(async () => {
    await world.close();
    await destroy();
  });

  const run = (args: readonly string[], keys: Record<string, string>) =>
    runNode(args, { ...world.app.environment, PORT: "0", ...keys });
  const startOnce = (keys: Record<string, string>) => run([APP_PROCESS], keys);
  const rotate = (keys: Record<string, string>) => run(["scripts/ops.ts", "rotate-key"], keys);

  it("does not start with a key that is missing, none, or another database's, and says which", async () => {
    const missing = await startOnce({ APP_ENCRYPTION_KEY: "" });
    expect([missing.status, missing.stderr]).toEqual([
      1,
      expect.stringContaining("APP_ENCRYPTION_KEY is missing"),
    ]);
    const wrong = await startOnce({ APP_ENCRYPTION_KEY: SECOND });
    expect([wrong.status, wrong.stderr]).toEqual([
      1,
      expect.stringContaining("APP_ENCRYPTION_KEY is not the key"),
    ]);
    expect(wrong.stderr).toContain(testBox(FIRST).currentKeyId);
    expect(wrong.stderr).not.toContain(SECOND);
  });

  it("refuses to rotate without the old key, and leaves what it cannot open as it is", async () => {
    const { status, stdout } = await rotate({ APP_ENCRYPTION_KEY: SECOND });
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, resealed: 0 });
  });

  it("seals anew with the old key beside it; then the app starts with the new key alone and can use its tokens", async () => {
    const rotated = await rotate({ APP_ENCRYPTION_KEY: SECOND, APP_ENCRYPTION_KEYS_OLD: FIRST });
    // The dataset's token, and access and refresh token of the session.
    expect(JSON.parse(rotated.stdout)).toEqual({
      ok: true,
      currentKey: testBox(SECOND).currentKeyId,
      resealed: 3,
      unreadable: [],
    });
    expect(`${rotated.stdout}${rotated.stderr}`).not.toContain(FIRST.slice(0, 20));
    expect((await startOnce({ APP_ENCRYPTION_KEY: FIRST })).stderr).toContain(
      "APP_ENCRYPTION_KEY is not the key",
    );

    await world.app.start({ APP_ENCRYPTION_KEY: SECOND });
    const answer = await fetch(`${world.app.url}/app/datasets/1?_data=routes%2Fapp.datasets.%24id`, {
      method: "POST",
      body: new URLSearchParams({ intent: "check" }),
      headers: { "user-agent": BROWSER_AGENT, authorization: `Bearer ${await world.shopify.idToken(SHOP)}` },
    });
    expect(await answer.json()).toMatchObject({ kind: "done", text: "Meta accepts the access token" });
  });
});
