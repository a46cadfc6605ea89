import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";
import { readTestCode } from "./dataset-input.ts";

/** A test event code left on is a known way to spoil a dataset: it ends by itself. */
const TEST_CODE_LIFE_MS = 24 * 3_600_000;

export type TestCodeOutcome =
  | { readonly kind: "saved"; readonly expiresAt: Date | null }
  | { readonly kind: "invalid"; readonly message: string };

/** Sets or clears (empty) the code for synthetic test purchases. Live orders never read it. */
export async function setTestEventCode(
  deps: { readonly database: Database; readonly clock: Clock },
  input: { readonly storeId: bigint; readonly code: string },
): Promise<TestCodeOutcome> {
  const read = readTestCode(input.code);
  if (!read.ok) return { kind: "invalid", message: read.message };
  const { code } = read;
  const expiresAt = code === "" ? null : new Date(deps.clock() + TEST_CODE_LIFE_MS);
  await deps.database.prisma.store.update({
    where: { id: input.storeId },
    data: { testEventCode: code === "" ? null : code, testEventCodeExpiresAt: expiresAt },
  });
  return { kind: "saved", expiresAt };
}

/** The code while it lives, else null. */
export function liveTestEventCode(
  store: { readonly testEventCode: string | null; readonly testEventCodeExpiresAt: Date | null },
  now: number,
): string | null {
  const live = store.testEventCodeExpiresAt !== null && store.testEventCodeExpiresAt.getTime() > now;
  return live ? store.testEventCode : null;
}

/** Forgets codes that have ended. */
export async function clearEndedTestCodes(deps: {
  readonly database: Database;
  readonly clock: Clock;
}): Promise<number> {
  const { count } = await deps.database.prisma.store.updateMany({
    where: { testEventCodeExpiresAt: { lte: new Date(deps.clock()) } },
    data: { testEventCode: null, testEventCodeExpiresAt: null },
  });
  return count;
}
