/**
 * `npm run smoke`: follows the Dockerfile in two empty folders (its build stage, then what its last stage copies), starts what
 * came of it, and looks whether it serves. Ends with one JSON line; exit 1 when it does not.
 */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

import { freePort } from "#sandbox/free-port.ts";

import { obeyCommand } from "./command-line/read-command.ts";
import { readDockerfile } from "./smoke/read-dockerfile.ts";

obeyCommand({
  typed: "npm run smoke",
  does: "Follows the Dockerfile in an empty folder, without development packages at the end, starts the app and looks whether it serves.",
  takes: "three minutes: it installs and builds anew",
  more: "Ends with one JSON line. Exit 1: it did not start, serve or stop as it should.",
});

const SECRET = randomBytes(16).toString("hex");
const START_WITHIN_MS = 60_000;

const folder = mkdtempSync(path.join(tmpdir(), "tandem-smoke-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const [built, last] = [path.join(folder, "build"), path.join(folder, "last")];
const file = readDockerfile(readFileSync("Dockerfile", "utf8"));

for (const step of file.build) {
  process.stderr.write(`${step.kind === "run" ? step.command : `copy ${step.from.join(" ")}`}\n`);
  if (step.kind === "run") runIn(built, step.command);
  else for (const from of step.from) copyTracked(from, path.join(built, step.to));
}
mkdirSync(last, { recursive: true });
for (const { from, to } of file.copies)
  cpSync(path.join(built, path.relative("/app", from)), path.join(last, to), {
    recursive: true,
    verbatimSymlinks: true,
  });
const megabytes = Number(execFileSync("du", ["-sm", last], { encoding: "utf8" }).split("\t")[0]);
const development = ["vitest", "eslint", "typescript-eslint", "@shopify/cli", "playwright-core"].filter(
  (name) => existsSync(path.join(last, "node_modules", name)),
);

const result = await tryIt();
const ok =
  development.length === 0 && Object.values(result.answers).every(({ got, wanted }) => got === wanted);
console.log(JSON.stringify({ smoke: "Dockerfile", ok, megabytes, development, ...result }));
process.exit(ok ? 0 : 1);

function runIn(directory: string, command: string): void {
  execFileSync("sh", ["-c", `unset NODE_ENV; ${command}`], {
    cwd: directory,
    stdio: ["ignore", 2, 2],
  });
}

/** What the repository holds, as .dockerignore leaves it: nothing that lies about. */
function copyTracked(from: string, to: string): void {
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", from], {
    encoding: "utf8",
  });
  for (const name of files.split("\n").filter((each) => each && existsSync(each))) {
    const target = path.join(to, name);
    mkdirSync(path.dirname(target), { recursive: true });
    if (statSync(name).isFile()) cpSync(name, target);
  }
}

async function tryIt() {
  const port = await freePort();
  const began = performance.now();
  const [command = "node", ...args] = file.command;
  const child = spawn(command, args, {
    cwd: last,
    stdio: ["ignore", 2, 2],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      ...file.variables,
      PORT: String(port),
      SHOPIFY_API_KEY: "smoke",
      SHOPIFY_API_SECRET: SECRET,
      SHOPIFY_APP_URL: `http://localhost:${port}`,
      APP_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    },
  });
  const url = `http://localhost:${port}`;
  const isUp = await waitFor(url, child);
  const startedMs = Math.round(performance.now() - began);
  const body = JSON.stringify({ id: 1 });
  const signature = createHmac("sha256", SECRET).update(body).digest("base64");
  const webhook = (signedAs: string) =>
    statusOf(`${url}/webhooks/orders/paid`, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        "x-shopify-topic": "orders/paid",
        "x-shopify-shop-domain": "smoke.myshopify.com",
        "x-shopify-webhook-id": "1",
        "x-shopify-api-version": "2026-10",
        "x-shopify-hmac-sha256": signedAs,
      },
    });
  const answers = {
    healthz: { got: await statusOf(`${url}/healthz`), wanted: 200 },
    readyz: { got: await statusOf(`${url}/readyz`), wanted: 200 },
    page: { got: await statusOf(url), wanted: 200 },
    forged: { got: await webhook("forged"), wanted: 401 },
    // Signed, but no order: refused by what it says and not by who sent it.
    signedNonsense: { got: await webhook(signature), wanted: 422 },
    exit: { got: await endOf(child), wanted: 0 },
  };
  return { isUp, startedMs, answers };
}

async function waitFor(url: string, child: ChildProcess): Promise<boolean> {
  for (const until = performance.now() + START_WITHIN_MS; performance.now() < until; await sleep(100)) {
    if (child.exitCode !== null) return false;
    if ((await statusOf(`${url}/readyz`)) === 200) return true;
  }
  return false;
}

/** 0 where nobody answers. */
async function statusOf(url: string, init: RequestInit = {}): Promise<number> {
  const patience = AbortSignal.timeout(10_000);
  return fetch(url, { ...init, redirect: "manual", signal: patience }).then(
    ({ status }) => status,
    () => 0,
  );
}

async function endOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  child.kill("SIGTERM");
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}
