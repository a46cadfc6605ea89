import type { AsyncStorage } from "../pixel-surroundings.ts";

/** JSON of the top frame's storage; undefined where there is none, or nothing can be read. */
export async function readStored(storage: AsyncStorage, key: string): Promise<unknown> {
  try {
    return JSON.parse(String(await storage.getItem(key)));
  } catch {
    return undefined;
  }
}
