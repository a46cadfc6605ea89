// Runs a script of this project from any state of the checkout: installs what is missing, generates the database
// client, then hands over to the project's own Node. Plain JavaScript without dependencies, because on a clean clone
// nothing else is there, and the machine's Node may be as old as 20.19.
//
//   node scripts/with-install.mjs SCRIPT [ARGUMENT …]
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

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

const [script, ...rest] = process.argv.slice(2);
if (!script) {
  process.stderr.write("usage: node scripts/with-install.mjs SCRIPT [ARGUMENT …]\n");
  process.exit(2);
}
const child = spawnSync(node, [script, ...rest], { cwd: process.cwd(), env, stdio: "inherit" });
process.exit(child.status ?? (child.signal ? 130 : 1));
