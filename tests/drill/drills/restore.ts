import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { restoreBaseBackup, takeBaseBackup } from "../base-backup.ts";
import { openStage, type DatabaseKind, type Stage } from "../stage.ts";
import { verify } from "../verify.ts";

/**
 * A backup is restored that is older than the last orders (docs/operation.md): what came after it is taken in again by the sweep
 * and goes to Meta a second time with the same event IDs, which Meta counts once.
 *
 * The embedded database's backup is its folder, copied while the process is stopped. A server's is a base backup, taken
 * while orders come in and are sent.
 */
export async function run({ databaseKind, orders = 60 }: { databaseKind: DatabaseKind; orders?: number }) {
  const started = performance.now();
  const folder = mkdtempSync(path.join(tmpdir(), "tandem-restore-"));
  const data = path.join(folder, "data");
  const stage = await openStage({
    databaseKind,
    ...(databaseKind === "embedded" && { dataDirectory: data }),
  });
  const keeper =
    databaseKind === "embedded" ? folderKeeper(stage, data, folder) : serverKeeper(stage, folder);
  try {
    const sending = stage.send(orders, { overMs: databaseKind === "server" ? orders * 50 : 0 });
    if (databaseKind === "server") await sleep(orders * 15);
    else await sending.then(() => stage.settled()).then(() => stage.arrived(60_000));
    const began = performance.now();
    await keeper.backUp();
    const backupMs = Math.round(performance.now() - began);
    await sending;

    await stage.send(orders);
    await stage.settled();
    await stage.arrived(60_000);
    const beforeDisaster = stage.world.meta.events().length;
    await stage.world.app.kill();
    await keeper.restore();
    const inBackup = await stage.database?.prisma.conversion.count();
    await stage.world.app.start();

    const takenAgain = await stage.sweep();
    await stage.send(10);
    const verdict = await verify(stage, started, 60_000);
    const missed = 2 * orders - (inBackup ?? orders);
    const ok = verdict.ok && beforeDisaster === 2 * orders && missed >= orders && takenAgain === missed;
    return { ...(inBackup !== undefined && { inBackup, backupMs }), takenAgain, ...verdict, ok };
  } finally {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Keeper {
  backUp(): Promise<void>;
  /** What the database has become is gone, and the backup in its place. The app is stopped. */
  restore(): Promise<void>;
}

function folderKeeper(stage: Stage, data: string, folder: string): Keeper {
  const copy = path.join(folder, "backup");
  return {
    backUp: async () => {
      await stage.world.app.stop();
      cpSync(data, copy, { recursive: true });
      await stage.world.app.start();
    },
    restore: () => {
      rmSync(data, { recursive: true, force: true });
      cpSync(copy, data, { recursive: true });
      return Promise.resolve();
    },
  };
}

function serverKeeper({ databaseUrl, databaseFolder, restartDatabase }: Stage, folder: string): Keeper {
  if (databaseUrl === undefined || databaseFolder === undefined) throw new Error("there is no server");
  const copy = path.join(folder, "backup");
  return {
    backUp: () => takeBaseBackup(databaseUrl, databaseFolder, copy),
    restore: () => restartDatabase(() => restoreBaseBackup(copy, databaseFolder)),
  };
}
