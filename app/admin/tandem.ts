import type { AppLoadContext } from "@remix-run/node";

/** The whole app as the routes are handed it: what it holds is declared where it is put together (tandem.server.ts). */
export type Tandem = AppLoadContext["tandem"];
