import { leakScan, type LeakScanResult } from "#tests/security/leak-scan.ts";
import { startPostgresServer } from "#tests/setup/start-postgres.ts";

/** A full run with planted personal data and secrets; then log, database, files and pages are searched for them. */
export async function run({
  databaseKind,
}: {
  databaseKind: "embedded" | "server";
}): Promise<LeakScanResult & { readonly databaseKind: string }> {
  const postgres = databaseKind === "server" ? await startPostgresServer() : undefined;
  try {
    return {
      databaseKind,
      ...(await leakScan(postgres ? { databaseUrl: `${postgres.url}/postgres`, server: postgres } : {})),
    };
  } finally {
    await postgres?.stop();
  }
}
