import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { build } from "esbuild";

/**
 * They read files that lie beside them, or are found by their names at run time: Prisma its query compiler, PGlite
 * PostgreSQL itself, pino what it starts in a thread. Vite is asked for in development alone.
 */
const STAY_OUTSIDE = ["@prisma/client", ".prisma/*", "@electric-sql/pglite", "pino", "vite"];

/** Packages that are CommonJS ask for Node's own modules with `require`, which a module does not have. */
const REQUIRE = `import { createRequire as createRequireHere } from "node:module";
const require = createRequireHere(import.meta.url);`;

/**
 * Rewrites a server build in place, so that it holds the packages it uses: Node spent half of a start in finding, reading and
 * compiling some 1,300 files (docs/decisions/0857). Imports that wait for their turn stay files of their own.
 *
 * @param folder of the build; absolute
 * @param entry name of the entry without its ending
 * @throws when a package cannot be found or parsed
 */
export async function bundleDependencies(folder: string, entry: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: { [entry]: path.join(folder, `${entry}.js`) },
    outdir: folder,
    write: false,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node22",
    external: STAY_OUTSIDE,
    define: { "process.env.NODE_ENV": '"production"' },
    minifySyntax: true,
    legalComments: "none",
    banner: { js: REQUIRE },
    logLevel: "warning",
    // The build repeats the imports of its chunks for their effects, and most packages say that they have none.
    logOverride: { "ignored-bare-import": "silent" },
  });
  rmSync(folder, { recursive: true });
  for (const { path: file, contents } of outputFiles) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
}
