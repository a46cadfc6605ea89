import { defineConfig } from "prisma/config";

import { openAdapterFactory } from "./app/platform/database/database-adapter.server.ts";

/**
 * The Prisma command line on either home, without downloading an engine: the JavaScript engine talks through the same
 * driver adapter as the app.
 */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  experimental: { adapter: true },
  engine: "js",
  adapter: () =>
    openAdapterFactory({ databaseUrl: process.env.DATABASE_URL, dataDirectory: process.env.TANDEM_DATA_DIR }),
});
