import pg from "pg";
import type { Frame } from "playwright-core";
import { beforeAll, expect, it } from "vitest";

import { findAccessFaults } from "./find-access-faults.ts";
import { SHOP, shareAdmin } from "./share-admin.ts";

const shared = shareAdmin();
beforeAll(() => shared().world.signIn(SHOP));

async function onDatabase(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: shared().world.app.environment["DATABASE_URL"] });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

const REFERENCE = /^Reference ([0-9a-f-]{36})\. Name it/;

/** The lines of the app's log that a request has left. */
const linesOf = (requestId: string): readonly string[] =>
  shared().world.app.lines.filter((line) => line.includes(`"requestId":"${requestId}"`));
async function readReference(frame: Frame): Promise<string> {
  await frame.getByRole("heading", { name: "This page could not be loaded", level: 1 }).waitFor();
  const text = (await frame.getByText(REFERENCE).textContent()) ?? "";
  return REFERENCE.exec(text)?.[1] ?? "none";
}

it("names the request on a page that failed, as a document and within the app, so that its line is found", async () => {
  const { open, forgive, page } = await shared().enter();
  const frame = await open("/app");
  await onDatabase("ALTER TABLE conversion RENAME TO conversion_away");
  try {
    await page.getByRole("navigation").getByRole("link", { name: "Events", exact: true }).click();
    const within = await readReference(frame);
    expect(linesOf(within)).toEqual([expect.stringContaining('"msg":"a request failed"')]);
    expect(await findAccessFaults(frame)).toEqual([]);

    const anew = await open("/app/events");
    const document = await readReference(anew);
    expect(linesOf(document)).toEqual([expect.stringContaining('"msg":"a request failed"')]);
    expect(document).not.toBe(within);
  } finally {
    await onDatabase("ALTER TABLE conversion_away RENAME TO conversion");
  }
  // The text that the server drew and what the browser makes of it are the same: React would complain.
  forgive(/status of 500|^Unexpected Server Error/);
});
