import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { FolderInUse, lockFolder } from "./folder-lock.server.ts";
import { processSpace } from "./lock-heartbeat.server.ts";

const QUICK = { heartbeatMs: 50, silenceMs: 1_000 };
/** For an owner that lives: a busy machine may take longer for a heartbeat, and one is enough. */
const PATIENT = { ...QUICK, silenceMs: 60_000 };

describe("the lock of the embedded folder", () => {
  let folder = "";
  const file = () => path.join(folder, "tandem.lock");
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "tandem-lock-"));
  });
  const children = new Set<ChildProcess>();
  afterEach(() => {
    for (const child of children) child.kill("SIGKILL");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("lets one in and tells the second why and what to do, in one line", async () => {
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(FolderInUse);
    await expect(lockFolder(folder)).rejects.toThrow(/in use by process \d+: .*DATABASE_URL/);
    lock.release();
    (await lockFolder(folder)).release();
    expect(existsSync(file())).toBe(false);
  });

  it("takes over from a process that is gone", async () => {
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    writeFileSync(file(), `${gone} 1 ${processSpace()}\n`);
    (await lockFolder(folder)).release();
  });

  it("is not fooled by a process ID that was given out again", async () => {
    writeFileSync(file(), `${process.pid} 1 ${processSpace()}\n`);
    (await lockFolder(folder)).release();
  });

  it.each(["nonsense", "", "-1 1 x", `${process.pid} 1\n`])(
    "survives a lock file with %j in it",
    async (text) => {
      writeFileSync(file(), text);
      (await lockFolder(folder, QUICK)).release();
    },
  );

  it("is closed to the machine's other users", async () => {
    const inner = path.join(folder, "data");
    (await lockFolder(inner)).release();
    expect(statSync(inner).mode & 0o777).toBe(0o700);
    chmodSync(inner, 0o755);
    (await lockFolder(inner)).release();
    expect(statSync(inner).mode & 0o777).toBe(0o700);
  });

  describe("and an owner in another container, whose process ID means nothing here", () => {
    it("keeps the folder while it shows that it lives", async () => {
      const theirs = await lockFolder(folder, { ...QUICK, space: "another" });
      await expect(lockFolder(folder, PATIENT)).rejects.toThrow(
        /process \d+ in another container.*DATABASE_URL/,
      );
      theirs.release();
      (await lockFolder(folder, QUICK)).release();
    });

    it("keeps it while its main thread is busy", async () => {
      const busy = spawn(
        process.execPath,
        [
          "--input-type=module",
          "-e",
          `import { lockFolder } from ${JSON.stringify(new URL("./folder-lock.server.ts", import.meta.url).href)};
           await lockFolder(${JSON.stringify(folder)}, { heartbeatMs: 50, space: "another" });
           process.stdout.write("locked");
           await new Promise((resolve) => setTimeout(resolve, 300)); // the thread starts
           for (;;);`,
        ],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      children.add(busy);
      await once(busy.stdout, "data");
      const beatsOf = () => statSync(file()).mtimeMs;
      const before = beatsOf();
      await expect.poll(beatsOf).not.toBe(before);
      await expect(lockFolder(folder, PATIENT)).rejects.toThrow(FolderInUse);
      busy.kill("SIGKILL");
      await once(busy, "exit");
      (await lockFolder(folder, QUICK)).release();
    });

    it("loses it after a time of silence, whatever its process ID is here", async () => {
      writeFileSync(file(), `${process.pid} 1 another\n`);
      (await lockFolder(folder, QUICK)).release();
    });

    it("is told when it comes back to life and somebody else has the folder", async () => {
      const lost = new Promise<void>((resolve) => {
        void lockFolder(folder, { ...QUICK, onLost: resolve }).then(() =>
          writeFileSync(file(), "1 1 somebody-else\n"),
        );
      });
      await lost;
      expect(readFileSync(file(), "utf8")).toBe("1 1 somebody-else\n");
    });
  });
});
