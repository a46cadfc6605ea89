/** Remix's routes as Vite hands them out: in the bundle, beside the process (vite.config.ts). */
declare module "virtual:remix/server-build" {
  import type { ServerBuild } from "@remix-run/node";

  const build: ServerBuild;
  export = build;
}
