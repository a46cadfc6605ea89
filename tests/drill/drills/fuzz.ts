import { fuzz, type FuzzResult } from "#tests/security/fuzz.ts";
import { startPostgresServer } from "#tests/setup/start-postgres.ts";

/** Requests for each database; `FUZZ_REQUESTS` changes it. */
const REQUESTS = Number(process.env["FUZZ_REQUESTS"] ?? "50000");

/**
 * 50,000 requests that nobody well-meaning sends: no 5xx, no hang, no growth, nothing stored. Then long texts at every
 * place that a stranger fills: none costs more than by its length, none holds the process.
 */
export async function run({
  databaseKind,
}: {
  databaseKind: "embedded" | "server";
}): Promise<FuzzResult & { readonly databaseKind: string }> {
  const postgres = databaseKind === "server" ? await startPostgresServer() : undefined;
  try {
    return {
      databaseKind,
      ...(await fuzz({
        requests: REQUESTS,
        ...(postgres ? { databaseUrl: `${postgres.url}/postgres` } : {}),
      })),
    };
  } finally {
    await postgres?.stop();
  }
}
