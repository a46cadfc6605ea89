// Runs a script of this project from any state of the checkout: installs what is missing, generates the database
// client, then hands over to the project's own Node. Plain JavaScript without dependencies, because on a clean clone
// nothing else is there, and the machine's Node may be as old as 20.19.
//
//   node scripts/with-install.mjs [OPTION OF NODE …] SCRIPT [ARGUMENT …]
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const at = (...parts) => path.join(root, ...parts);
const stamps = at("node_modules", ".tandem");
const fingerprint = (...files) => {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(at(file)));
  return hash.digest("hex");
};

/** Runs `work` unless its stamp says that it ran for the same inputs. */
function once(name, inputs, result, work) {
  const stamp = path.join(stamps, name);
  const wanted = fingerprint(...inputs);
  if (existsSync(result) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  work();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Output goes to standard error, so that a command's own output stays clean on standard output. */
function run(command, args, env = process.env) {
  const done = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (done.status === 0) return;
  process.stderr.write(
    `"${command} ${args.join(" ")}" failed${done.error ? `: ${done.error.message}` : ""}.\n`,
  );
  process.exit(done.status ?? 1);
}

const bundledNode = at("node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

once("installed", ["package.json", "package-lock.json"], at("node_modules", ".package-lock.json"), () => {
  process.stderr.write("Installing packages (a minute or two) …\n");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    ...process.env,
    NODE_ENV: "development",
  });
});

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const node = existsSync(bundledNode) ? bundledNode : process.execPath;
if (node === process.execPath && (major < 22 || (major === 22 && minor < 18))) {
  process.stderr.write(
    `Node 22.18 or newer is needed; this is ${process.version}. "npm ci" with development packages brings one along.\n`,
  );
  process.exit(1);
}
const env = {
  // Modules once compiled, which halves the start of a command. Whoever deletes the folder loses nothing.
  NODE_COMPILE_CACHE: at("node_modules", ".tandem", "compiled"),
  ...process.env,
  PATH: [path.dirname(node), at("node_modules", ".bin"), process.env.PATH].join(path.delimiter),
};

once(
  "generated",
  ["prisma/schema.prisma", "package-lock.json"],
  at("node_modules", ".prisma", "client", "index.js"),
  () => {
    run(node, [at("node_modules", "prisma", "build", "index.js"), "generate", "--no-hints"], env);
  },
);

const given = process.argv.slice(2);
if (given.every((word) => word.startsWith("--"))) {
  process.stderr.write("usage: node scripts/with-install.mjs [OPTION OF NODE …] SCRIPT [ARGUMENT …]\n");
  process.exit(2);
}
// What ends this process ends the script: a signal that npm or a terminal sends here is handed on, and the script's
// IPC channel closes when this process is killed (sandbox/end-with-parent.mjs).
const child = spawn(node, ["--import", pathToFileURL(at("sandbox", "end-with-parent.mjs")).href, ...given], {
  cwd: process.cwd(),
  env,
  stdio: ["inherit", "inherit", "inherit", "ipc"],
});
child.once("error", (error) => {
  process.stderr.write(`The script could not be started: ${error.message}\n`);
  process.exit(1);
});
child.once("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? "SIGTERM"]));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
// npm can be killed without a chance to hand anything on, and a shell that stands between ends without handing it on: this
// process then has another parent, or that shell has one.
const { ppid } = process;
const above = shellAbove();
setInterval(() => {
  if (process.ppid !== ppid || (above !== undefined && parentOf(ppid) !== above)) child.kill("SIGTERM");
}, 1_000).unref();

/** npm, where it runs this process through a shell that stays. Linux only: elsewhere that shell gives way to this process. */
function shellAbove() {
  if (!process.env.npm_lifecycle_event) return undefined;
  const name = readProcess(ppid, "comm")?.trim() ?? "";
  return /^(?:ba|da|a)?sh$/.test(name) ? parentOf(ppid) : undefined;
}

function parentOf(pid) {
  const stat = readProcess(pid, "stat");
  return stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

function readProcess(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return undefined;
  }
}
