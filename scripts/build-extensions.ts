/**
 * Builds the browser programs. The theme assets are committed, because Shopify uploads a theme extension as it is; the
 * web pixel bundle is what `shopify app build` makes, here without the CLI, for the sandbox and the tests.
 */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions } from "esbuild";

const ROOT = path.resolve(import.meta.dirname, "..");

/** Browsers that Shopify's storefronts support have async functions and optional chaining. */
const STOREFRONT: BuildOptions = {
  entryPoints: [path.join(ROOT, "extensions/storefront-pixel/src/index.ts")],
  target: "es2022",
};

/** Loaded by the one above, once a day and browser. */
const HEARTBEAT: BuildOptions = {
  entryPoints: [path.join(ROOT, "extensions/storefront-pixel/src/heartbeat/index.ts")],
  target: "es2022",
};

/** The options of `shopify app build` for a web pixel (format and target above all), so that the sizes agree. */
const CHECKOUT: BuildOptions = {
  entryPoints: [path.join(ROOT, "extensions/checkout-pixel/src/index.ts")],
  target: "es6",
  resolveExtensions: [".tsx", ".ts", ".js", ".json", ".esnext", ".mjs", ".ejs"],
  loader: { ".esnext": "ts" },
};

export const BROWSER_PROGRAMS = [
  {
    name: "storefront-pixel",
    file: path.join(ROOT, "extensions/storefront-pixel/assets/pixel.js"),
    options: STOREFRONT,
  },
  {
    name: "storefront-heartbeat",
    file: path.join(ROOT, "extensions/storefront-pixel/assets/heartbeat.js"),
    options: HEARTBEAT,
  },
  {
    name: "checkout-pixel",
    file: path.join(ROOT, "extensions/checkout-pixel/dist/checkout-pixel.js"),
    options: CHECKOUT,
  },
] as const;

export type BrowserProgram = (typeof BROWSER_PROGRAMS)[number];

/** The program's text as it should stand in its file. */
export async function bundle(program: BrowserProgram): Promise<string> {
  const result = await build({
    bundle: true,
    minify: true,
    format: "iife",
    legalComments: "none",
    write: false,
    logLevel: "error",
    ...program.options,
  });
  return result.outputFiles?.[0]?.text ?? "";
}

/** Writes the files; returns nothing, throws on a type of source that esbuild refuses. */
async function buildExtensions(): Promise<void> {
  for (const program of BROWSER_PROGRAMS) {
    await mkdir(path.dirname(program.file), { recursive: true });
    await writeFile(program.file, await bundle(program));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildExtensions();
