import { buildSync } from "esbuild";
import { fileURLToPath } from "node:url";

const bundles = new Map<string, string>();

/** A program for the browser and what it imports, as one classic script; bundled once per process. */
export function browserScript(file: URL): string {
  const known = bundles.get(file.href);
  if (known !== undefined) return known;
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(file)],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    logLevel: "silent",
  });
  const text = outputFiles[0]?.text ?? "";
  bundles.set(file.href, text);
  return text;
}
