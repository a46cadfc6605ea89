import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const bundles = new Map<string, Promise<string>>();

/** A program under browser/, bundled once per process into one classic script. */
export function browserScript(name: string): Promise<string> {
  const known = bundles.get(name);
  if (known) return known;
  const made = build({
    entryPoints: [fileURLToPath(new URL(`../browser/${name}.ts`, import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    logLevel: "silent",
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? "");
  bundles.set(name, made);
  return made;
}
