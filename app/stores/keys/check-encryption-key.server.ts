import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";
import type { SecretBox } from "../../platform/process/secret-box.server.ts";

const PURPOSE = "key_check";
const WORD = "tandem";

/**
 * Compares the key with the one that this database was sealed with, before anything is opened or sealed. A wrong key
 * would otherwise show hours later as tokens that do not open, and mix two keys in one database.
 *
 * @returns why the process must not start, or undefined
 */
export async function checkEncryptionKey({
  database: { prisma },
  secretBox,
  clock,
}: {
  readonly database: Database;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
}): Promise<string | undefined> {
  await prisma.keyCheck.createMany({
    data: [{ id: 1, sealed: secretBox.seal(WORD, PURPOSE), sealedAt: new Date(clock()) }],
    skipDuplicates: true,
  });
  const { sealed } = await prisma.keyCheck.findUniqueOrThrow({ where: { id: 1 } });
  const opened = secretBox.open(sealed, PURPOSE);
  if (opened.ok) return undefined;
  if (opened.problem === "damaged")
    return "The row of table key_check is damaged. Restore the database from a backup.";
  return (
    `APP_ENCRYPTION_KEY is not the key that this database is sealed with (the database's begins with fingerprint ` +
    `${sealed.split(".")[1] ?? "?"}, this one with ${secretBox.currentKeyId}). Set the former key, or add it to ` +
    `APP_ENCRYPTION_KEYS_OLD and run "npm run ops -- rotate-key".`
  );
}

/** Called once every sealed row opens with the current key: from now on the old one is not needed to start. */
export async function resealKeyCheck({ prisma }: Database, secretBox: SecretBox, now: number): Promise<void> {
  const data = { sealed: secretBox.seal(WORD, PURPOSE), sealedAt: new Date(now) };
  await prisma.keyCheck.upsert({ where: { id: 1 }, create: { id: 1, ...data }, update: data });
}
