import { readdir, readFile, writeFile } from "node:fs/promises";

import { format, resolveConfig } from "prettier";

const FOLDER = "extensions/contract/events";
const REGISTRY = `${FOLDER}/registry.ts`;

/** The text of registry.ts: every file of the folder that declares an event, in the order of the funnel. */
export async function writeRegistry(): Promise<string> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  const declared: { readonly file: string; readonly variable: string; readonly rank: number }[] = [];
  for (const file of files.toSorted()) {
    const source = await readFile(`${FOLDER}/${file}`, "utf8");
    const variable = /export const (\w+) = declareEvent\(\{/.exec(source)?.[1];
    if (variable === undefined) continue;
    declared.push({ file, variable, rank: Number(/priority: (\d+)/.exec(source)?.[1] ?? 0) });
  }
  const inOrder = declared.toSorted((one, other) => one.rank - other.rank);
  const text = [
    "// Written by `node scripts/list-events.ts`: every file of this folder that declares an event.",
    ...declared.map(({ file, variable }) => `import { ${variable} } from "./${file}";`),
    "",
    "/** Every event, those first that are given up first. */",
    `export const EVENTS = [${inOrder.map(({ variable }) => variable).join(", ")}] as const;`,
    "",
    'export type EventName = (typeof EVENTS)[number]["name"];',
  ].join("\n");
  return format(text, { ...(await resolveConfig(REGISTRY)), filepath: REGISTRY });
}

if (import.meta.main) await writeFile(REGISTRY, await writeRegistry());
