import type { AsyncStorage } from "./pixel-surroundings.ts";

const keyOf = (checkoutToken: string) => `tandem:purchase:${checkoutToken}`;

/** Whether this browser has already fired (or was about to fire) the Purchase of this checkout. */
export async function isClaimed(storages: readonly AsyncStorage[], checkoutToken: string): Promise<boolean> {
  const marks = await Promise.all(
    storages.map((storage) => storage.getItem(keyOf(checkoutToken)).catch(() => null)),
  );
  return marks.some(Boolean);
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
