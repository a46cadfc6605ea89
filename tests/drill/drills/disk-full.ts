import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { openStage, type DatabaseKind } from "../stage.ts";
import { verify } from "../verify.ts";

const SIZE_MB = 512;

/**
 * The embedded database's file system fills up while orders keep coming, then has room again. On a small file system in
 * memory, which only root can mount; elsewhere the drill says so and is left out.
 */
export async function run({ databaseKind, seconds = 10 }: { databaseKind: DatabaseKind; seconds?: number }) {
  if (databaseKind === "server") return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), "tandem-disk-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE_MB}m`, "tmpfs", folder]);
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    process.stderr.write("disk-full: no file system can be mounted here (root can); left out\n");
    return undefined;
  }
  const started = performance.now();
  try {
    const stage = await openStage({ databaseKind, dataDirectory: path.join(folder, "data") });
    try {
      await stage.send(10);
      await stage.settled();
      await stage.arrived(20_000);
      const filler = path.join(folder, "filler");
      fillUp(folder, filler);
      await stage.send(10 * seconds, { overMs: seconds * 1_000 });
      const health = await healthOf(stage.world.app.url);
      rmSync(filler);
      // What an operator does, or the host: the process may have ended, or its database may not recover by itself.
      const wasUp = (await healthOf(stage.world.app.url)) === 200;
      if (!wasUp) {
        await stage.world.app.stop().catch(() => undefined);
        await stage.world.app.start();
      }
      await sleep(1_000);
      const verdict = await verify(stage, started, 120_000);
      const { statuses } = stage.world.shopify.webhooks.stats;
      const neighboursHarmed = statuses["timeout"] ?? 0;
      return {
        healthWhileFull: health,
        recoveredByItself: wasUp,
        statuses,
        neighboursHarmed,
        ...verdict,
        ok: verdict.ok && health !== 200 && neighboursHarmed === 0,
      };
    } finally {
      await stage.close();
    }
  } finally {
    spawnSync("umount", ["-l", folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function fillUp(folder: string, file: string): void {
  const chunk = Buffer.alloc(1024 * 1024);
  const { bavail, bsize } = statfsSync(folder);
  try {
    for (let free = bavail * bsize; free > 0; free -= chunk.length)
      writeFileSync(file, chunk.subarray(0, Math.min(chunk.length, free)), { flag: "a" });
  } catch {
    // Full is what it was to become.
  }
}

/** Status of /readyz; 0 when nobody answers. */
async function healthOf(url: string): Promise<number> {
  return fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
    (response) => response.status,
    () => 0,
  );
}
