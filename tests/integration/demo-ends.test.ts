import { spawn, execFileSync, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

/** A checkout in which everything is installed, for the very script that npm runs: it must not install anything here. */
const checkout = mkdtempSync(path.join(tmpdir(), "tandem-checkout-"));
const started: ChildProcess[] = [];

beforeAll(() => {
  const copied = ["scripts/with-install.mjs", "sandbox/end-with-parent.mjs", "prisma/schema.prisma"];
  for (const file of [...copied, "package.json", "package-lock.json"])
    cpSync(file, path.join(checkout, file));
  const modules = path.join(checkout, "node_modules");
  for (const folder of [".tandem", ".prisma/client", "node"])
    mkdirSync(path.join(modules, folder), { recursive: true });
  for (const file of [".package-lock.json", ".prisma/client/index.js"])
    writeFileSync(path.join(modules, file), "");
  const bin = path.join("node_modules", "node", "bin");
  if (existsSync(bin)) symlinkSync(realpathSync(bin), path.join(modules, "node", "bin"));
  stamp("installed", "package.json", "package-lock.json");
  stamp("generated", "prisma/schema.prisma", "package-lock.json");
});
afterEach(() => {
  for (const child of started.splice(0)) killGroup(child);
});
afterAll(() => rmSync(checkout, { recursive: true, force: true }));

function stamp(name: string, ...inputs: readonly string[]): void {
  const hash = createHash("sha256");
  for (const file of inputs) hash.update(readFileSync(file));
  writeFileSync(path.join(checkout, "node_modules", ".tandem", name), hash.digest("hex"));
}

/** As npm does it: through a shell, which stays until its command has ended. */
const AS_NPM = `require("node:child_process")
  .spawn("sh", ["-c", process.argv[1] + "; exit $?"], { stdio: "inherit" })
  .on("exit", (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => undefined);`;

/**
 * What npm starts, as a shell with a terminal does: in a process group of its own.
 * @param through "npm" puts in front what npm would put there
 */
async function startDemo(through: "npm" | "nothing" = "nothing") {
  const script = path.join(checkout, "scripts", "with-install.mjs");
  const command = [script, "scripts/demo.ts", "--plain"];
  const wrapper = spawn(
    process.execPath,
    through === "npm" ? ["-e", AS_NPM, [process.execPath, ...command].join(" ")] : command,
    {
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...(through === "npm" && { npm_lifecycle_event: "demo" }) },
    },
  );
  started.push(wrapper);
  let said = "";
  wrapper.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  wrapper.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = once(wrapper, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  await expect.poll(() => said, { timeout: 240_000 }).toContain("Ctrl+C stops everything");
  const wrapperId = wrapper.pid ?? 0;
  const below = descendantsOf(wrapperId);
  // The app is the last one, and the demo has started it.
  const demo = processes().find(([pid]) => pid === below.at(-1))?.[1] ?? 0;
  // The demo and the app's process; the sandbox and the database live in these two.
  expect(below.length).toBeGreaterThanOrEqual(2);
  return { wrapperId, demo, all: [wrapperId, ...below], ended, addresses: said.match(/http:\S+/g) ?? [] };
}

function processes(): readonly (readonly [pid: number, parent: number])[] {
  return execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => !state?.startsWith("Z"))
    .map(([pid, parent]) => [Number(pid), Number(parent)] as const);
}

function descendantsOf(pid: number): number[] {
  const all = processes();
  const below = (parent: number): number[] =>
    all.filter((each) => each[1] === parent).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

const left = (pids: readonly number[]) => processes().flatMap(([pid]) => (pids.includes(pid) ? [pid] : []));
const foldersOf = (demo: number) =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`tandem-demo-${demo}-`));

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // All of it has ended.
  }
}

describe("the demo, as npm starts it", () => {
  it.each([
    ["Ctrl+C, which the whole terminal's group gets", "SIGINT", "group"],
    ["a closed terminal", "SIGHUP", "group"],
    ["SIGTERM, which npm hands on to what it started", "SIGTERM", "wrapper"],
    ["SIGINT to npm alone", "SIGINT", "wrapper"],
  ] as const)("ends with 0 and leaves nothing behind on %s", async (_name, signal, target) => {
    const { wrapperId, demo, all, ended, addresses } = await startDemo();
    expect(foldersOf(demo)).toHaveLength(1);
    process.kill(target === "group" ? -wrapperId : wrapperId, signal);
    expect(await ended).toEqual([0, null]);
    expect(left(all)).toEqual([]);
    expect(foldersOf(demo)).toEqual([]);
    for (const address of addresses) await expect(fetch(address)).rejects.toThrow();
  });

  it("ends when what npm started is killed and can hand on nothing", async () => {
    const { wrapperId, demo, all } = await startDemo();
    process.kill(wrapperId, "SIGKILL");
    await expect.poll(() => left(all)).toEqual([]);
    expect(foldersOf(demo)).toEqual([]);
  });

  it.each(["npm", "its shell"])("ends when %s is killed in front of it", async (killed) => {
    const { wrapperId, demo, all } = await startDemo("npm");
    process.kill(killed === "npm" ? wrapperId : (all[1] ?? 0), "SIGKILL");
    await expect.poll(() => left(all)).toEqual([]);
    expect(foldersOf(demo)).toEqual([]);
  });

  it("lets the app end when the demo itself is killed; the next start removes its folder", async () => {
    const first = await startDemo();
    process.kill(first.demo, "SIGKILL");
    expect(await first.ended).toEqual([137, null]);
    await expect.poll(() => left(first.all)).toEqual([]);
    const second = await startDemo();
    expect(foldersOf(first.demo)).toEqual([]);
    process.kill(-second.wrapperId, "SIGINT");
    expect(await second.ended).toEqual([0, null]);
  });
});
