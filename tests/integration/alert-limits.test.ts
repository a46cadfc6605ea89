import pg from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { newChannel } from "#app/alerts/channels/channel-form.ts";
import { addChannel } from "#app/alerts/channels/save-channel.server.ts";
import { MOST_TESTS, testChannel } from "#app/alerts/send/test-channel.server.ts";
import { shareAlertDesk } from "#tests/setup/share-alert-desk.ts";

/** Holds the store's row, so that all who want it stand in line, having begun before any of them is done. */
describe("limits of alerts, with all who ask held up at one point", () => {
  const desk = shareAlertDesk("server");
  let holder: pg.Client;
  /** Outside of the holder's transaction, which sees the same activity all along. */
  let watcher: pg.Client;
  beforeEach(async () => {
    holder = new pg.Client({ connectionString: desk.test.url });
    watcher = new pg.Client({ connectionString: desk.test.url });
    await holder.connect();
    await watcher.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT id FROM store FOR UPDATE");
  });
  afterEach(async () => {
    await holder.end();
    await watcher.end();
  });

  async function releaseWhenWaiting(): Promise<void> {
    await vi.waitUntil(async () => {
      const { rows } = await watcher.query<{ waiting: number }>(
        "SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
      return (rows[0]?.waiting ?? 0) >= 8;
    }, 120_000);
    await holder.query("COMMIT");
  }

  it("lets five channels in and no more", async () => {
    const values = { ...newChannel("email"), target: "eve@other.example" };
    const adding = Array.from({ length: 8 }, () =>
      addChannel({ ...desk.deps(), hasMail: true }, { storeId: desk.storeId, values }),
    );
    await releaseWhenWaiting();
    const outcomes = await Promise.all(adding);
    expect(outcomes.filter(({ kind }) => kind === "saved")).toHaveLength(5);
    expect(await desk.test.database.prisma.alertChannel.count()).toBe(5);
  });

  it("lets ten tests of an hour out and no more", async () => {
    await holder.query("COMMIT");
    const { id } = await desk.add();
    const test = () => testChannel(desk.deps(), { storeId: desk.storeId, id });
    for (let sent = 0; sent < MOST_TESTS - 2; sent += 1) await test();
    await holder.query("BEGIN");
    await holder.query("SELECT id FROM store FOR UPDATE");
    const trying = Array.from({ length: 8 }, test);
    await releaseWhenWaiting();
    const outcomes = await Promise.all(trying);
    expect(outcomes.filter(({ kind }) => kind === "tried")).toHaveLength(2);
    expect(await desk.test.database.prisma.alertMessage.count()).toBe(10);
  });
});
