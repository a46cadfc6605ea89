import { fieldsOf } from "../../../contract/events/read-goods.ts";
import type { KnownVisitor } from "../../../contract/funnel-report.ts";
import type { AsyncStorage } from "../pixel-surroundings.ts";
import { mergeKnown } from "./customer-information.ts";
import { readStored } from "./read-stored.ts";

/** Of the tab's session: hashes only, and gone with the consent (forgetVisit here, forgetVisitor of the storefront script). */
const KEY = "tandem:visit";

/**
 * What the visit knows with what this event adds, kept for the events that follow, on later pages too. Where nothing can be
 * kept, each event knows its own.
 *
 * @param allowed asked again before anything is written
 */
export async function addToVisit(
  storage: AsyncStorage,
  fresh: KnownVisitor,
  allowed: () => boolean,
): Promise<KnownVisitor> {
  const before = mergeKnown({}, fieldsOf(await readStored(storage, KEY)));
  const known = mergeKnown(before, fresh);
  const text = JSON.stringify(known);
  if (text !== JSON.stringify(before) && allowed()) await storage.setItem(KEY, text).catch(() => undefined);
  return known;
}

export function forgetVisit(storage: AsyncStorage): Promise<unknown> {
  return storage.removeItem(KEY).catch(() => undefined);
}
