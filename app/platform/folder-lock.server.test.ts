import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { FolderInUse, lockFolder } from "./folder-lock.server.ts";

describe("the lock of the embedded folder", () => {
  let folder = "";
  const file = () => path.join(folder, "tandem.lock");
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "tandem-lock-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("lets one in and tells the second why and what to do, in one line", () => {
    const lock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(FolderInUse);
    expect(() => lockFolder(folder)).toThrow(/in use by process \d+.*DATABASE_URL/);
    lock.release();
    lockFolder(folder).release();
    expect(existsSync(file())).toBe(false);
  });

  it("takes over from a process that is gone", () => {
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    writeFileSync(file(), `${gone} 1\n`);
    lockFolder(folder).release();
  });

  it("is not fooled by a process ID that was given out again", () => {
    writeFileSync(file(), `${process.pid} 1\n`);
    lockFolder(folder).release();
  });

  it("survives a lock file with nonsense in it", () => {
    writeFileSync(file(), "nonsense");
    lockFolder(folder).release();
  });
});
