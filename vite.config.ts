import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig, type Plugin } from "vite";

/** Polaris carries four themes, 90 kB of text; an embedded app has the light one (decision 0772). */
const lightThemeOnly: Plugin = {
  name: "light-theme-only",
  transform(code, id) {
    if (!id.includes("polaris-tokens/dist/esm/build/index.mjs")) return null;
    const others = code.indexOf(',\n  "light-mobile": {');
    const end = code.indexOf("\n};\nvar themeDefault");
    if (others < 0 || end < others) throw new Error("Polaris keeps its themes in another form now");
    return { code: code.slice(0, others) + code.slice(end), map: null };
  },
};

/**
 * They read files that lie beside them, or are found by their names at run time: Prisma its query compiler, PGlite
 * PostgreSQL itself, pino what it starts in a thread. Vite is asked for in development alone.
 */
const OUTSIDE = ["@prisma/client", "@electric-sql/pglite", "pino", "vite"];

/**
 * The process (server.ts) is built together with Remix's routes: one bundle, so that a module that both use is loaded once
 * (docs/decisions/0800). The packages are in it: Node spent half of a start in finding, reading and compiling their files
 * (docs/decisions/0857).
 */
const oneBundle: Plugin = {
  name: "one-bundle",
  config: (_config, { command, isSsrBuild }) =>
    command === "build" && isSsrBuild
      ? {
          ssr: { noExternal: true, external: OUTSIDE },
          build: {
            rollupOptions: {
              input: { routes: "virtual:remix/server-build", tandem: "server.ts" },
              output: { entryFileNames: "[name].js" },
            },
          },
        }
      : undefined,
};

export default defineConfig({
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 600, target: "es2022" },
  server: { hmr: { port: 64_999 } },
  plugins: [
    lightThemeOnly,
    remix({
      ignoredRouteFiles: ["**/*.test.*"],
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        // Its endpoint matches every parent of every path that it is given: work for strangers to ask for.
        v3_lazyRouteDiscovery: false,
        v3_singleFetch: false,
        v3_routeConfig: false,
      },
    }),
    oneBundle,
  ],
});
