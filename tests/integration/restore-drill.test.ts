import { expect, it } from "vitest";

import { run as restore } from "#tests/drill/drills/restore.ts";

/** `npm run drill -- restore --database server`, small: a base backup taken under load, and the server's files put back. */
it("loses nothing and doubles nothing when a server is put back to before the last orders", async () => {
  const result = await restore({ databaseKind: "server", orders: 16 });
  expect(result).toMatchObject({ ok: true, lost: 0, doubled: 0, orders: 42 });
  // The sweep has brought what came after the backup, and nothing else.
  expect(result.takenAgain).toBe(32 - (result.inBackup ?? 0));
});
