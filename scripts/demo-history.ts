import type { World } from "#sandbox/start-world.ts";

/** Fills a store with 90 days of believable history, through the real paths, with the clock moved back. */
export async function fillHistory(world: World, shop: string): Promise<void> {
  await Promise.reject(new Error(`history of ${shop} at ${world.app.url} is not written yet`));
}
