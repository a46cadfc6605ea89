import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";

import { z } from "zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { HOW_TESTED, commandsIn, documentedCommands } from "#tests/setup/documented-commands.ts";
import { plantFiles } from "#tests/setup/plant-files.ts";
import { runNode } from "#tests/setup/run-process.ts";

import { writeRegistry } from "../../scripts/list-events.ts";

const ORDER = "tests/orders/01_web_usd_discount_fbp_noteattrs.json";
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "tandem-commands-"));
  const { orders, events } = plantFiles(20);
  writeFileSync(path.join(folder, "ORDERS.csv"), orders);
  writeFileSync(path.join(folder, "EVENTS.csv"), events);
  writeFileSync(path.join(folder, "ORDER.json"), readFileSync(ORDER));
  writeFileSync(path.join(folder, "SETTINGS.json"), JSON.stringify({ valueBasis: "subtotal" }));
  writeFileSync(path.join(folder, "REPORT.json"), JSON.stringify({ consent: { marketing: true } }));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The process that npm would start for a script of package.json, past the file that installs. */
function runScript(name: string, typed: readonly string[]) {
  const [, , ...words] = (scripts[name] ?? "").split(" ");
  expect(scripts[name]).toMatch(/^node scripts\/with-install\.mjs /);
  const given = typed.map((word) => (/^[A-Z]+\.\w+$/.test(word) ? path.join(folder, word) : word));
  return runNode([...words, ...given], {
    SHOPIFY_API_KEY: "key",
    SHOPIFY_API_SECRET: "secret",
    SHOPIFY_APP_URL: "https://tandem.example.com",
    APP_ENCRYPTION_KEY: createHash("sha256").update("documented commands").digest("base64"),
    TANDEM_DATA_DIR: path.join(folder, "data"),
  });
}

it("finds commands in blocks and between backticks, and nothing else", () => {
  const text = [
    "```sh",
    "npm run demo     # explains",
    "                 # goes on",
    "```",
    "`npm run ops -- retry\n--help`, `npm` and `node:http`, `a && b`, `npm ci && npm start`.",
    "```json",
    '{ "npm run": 1 }',
    "```",
  ].join("\n");
  expect(commandsIn(text)).toEqual(["npm run demo", "npm run ops -- retry --help", "npm ci", "npm start"]);
});

describe("the documents' commands", () => {
  const documented = documentedCommands();

  it("each stand in the table of how they are tested", () => {
    expect(documented.length).toBeGreaterThan(80);
    const missing = documented.filter(({ command }) => !(command in HOW_TESTED));
    expect(missing.map(({ command, file }) => `${file}: ${command}`)).toEqual([]);
  });

  it("are all that the table has", () => {
    const known = new Set(documented.map(({ command }) => command));
    expect(Object.keys(HOW_TESTED).filter((command) => !known.has(command))).toEqual([]);
  });

  // One run for each way of typing it, however often the documents say it.
  const runs = new Map<string, { readonly typed: readonly string[]; readonly says: RegExp }>();
  const helps = new Map<string, RegExp[]>();
  for (const entry of Object.values(HOW_TESTED)) {
    if (entry.how === "run") runs.set(entry.typed.join(" "), entry);
    if (entry.how === "long")
      helps.set(entry.help.join(" "), [...(helps.get(entry.help.join(" ")) ?? []), entry.names]);
  }

  it.each([...runs])(
    "%s does what the document says",
    async (_name, { typed: [script = "", ...words], says }) => {
      const { status, stdout, stderr } = await runScript(script, words);
      expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toMatch(says);
    },
  );

  it.each([...helps])("%s names what the documents name", async (line, names) => {
    const [script = "", ...words] = line.split(" ");
    const { status, stdout } = await runScript(script, words);
    expect(status).toBe(0);
    for (const name of names) expect(stdout).toMatch(name);
  });

  const calls = Object.entries(HOW_TESTED).flatMap(([command, entry]) =>
    entry.how === "tested" ? [[command, entry.file, entry.call] as const] : [],
  );
  it.each(calls)("%s is called in %s", (_command, file, call) => {
    expect(readFileSync(file, "utf8")).toContain(call);
  });
});

it("`node scripts/list-events.ts` writes the registry that is there", async () => {
  expect(await writeRegistry()).toBe(readFileSync("extensions/contract/events/registry.ts", "utf8"));
});
