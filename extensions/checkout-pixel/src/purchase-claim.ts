import type { AsyncStorage } from "./pixel-surroundings.ts";
import { sha256 } from "./sha-256.ts";

const PREFIX = "tandem:purchase:";

/** The checkout's token opens its order's page, so a digest of it stands in the storage that other scripts can read. */
const keyOf = (checkoutToken: string) => `${PREFIX}${sha256(checkoutToken)}`;

/** Whether this browser has already fired (or was about to fire) the Purchase of this checkout. */
export async function isClaimed(storages: readonly AsyncStorage[], checkoutToken: string): Promise<boolean> {
  const marks = await Promise.all(
    storages.map((storage) => markIn(storage, checkoutToken).catch(() => null)),
  );
  return marks.some(Boolean);
}

async function markIn(storage: AsyncStorage, checkoutToken: string): Promise<string | null> {
  return (await storage.getItem(keyOf(checkoutToken))) || replaceOldMark(storage, checkoutToken);
}

/** Programs before version 1.2.0 wrote the token itself: such a mark counts, under its digest from now on. */
async function replaceOldMark(storage: AsyncStorage, checkoutToken: string): Promise<string | null> {
  const oldKey = `${PREFIX}${checkoutToken}`;
  const mark = await storage.getItem(oldKey);
  if (!mark) return null;
  await storage
    .setItem(keyOf(checkoutToken), mark)
    .then(() => storage.removeItem(oldKey))
    .catch(() => undefined);
  return mark;
}

/** `unkept`: this browser stores nothing, so a second fire could not be prevented. */
export type Claim = "mine" | "taken" | "unkept";

/**
 * Takes the right to fire, once per checkout and browser, before the hit leaves: a page that dies in between has one
 * copy too few (the server's remains), never one too many. The mark is read back, so that of two tabs one wins.
 */
export async function claimPurchase(
  storages: readonly AsyncStorage[],
  checkoutToken: string,
  mark: string,
): Promise<Claim> {
  const key = keyOf(checkoutToken);
  if (await isClaimed(storages, checkoutToken)) return "taken";
  for (const storage of storages) {
    const kept = await storage
      .setItem(key, mark)
      .then(() => storage.getItem(key))
      .catch(() => null);
    if (kept) return kept === mark ? "mine" : "taken";
  }
  return "unkept";
}
