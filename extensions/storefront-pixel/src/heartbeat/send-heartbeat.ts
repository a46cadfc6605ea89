import { VERSION } from "../../../contract/version.ts";
import { postJson, type StorefrontWindow } from "../storefront-window.ts";
import { lookRound } from "./look-round.ts";

/**
 * Tells the app that the embed is alive and what the page says of itself. No identifier of the visitor is in it, and it
 * goes only where marketing is still allowed. Sent at most once a page.
 */
export async function sendHeartbeat(page: StorefrontWindow): Promise<void> {
  const task = page.tandemBeat;
  delete page.tandemBeat;
  if (!task?.allowed()) return;
  await postJson(page, "/apps/tandem/heartbeat", {
    v: 2,
    version: VERSION,
    theme: page.Shopify?.theme?.id,
    page: task.page ?? undefined,
    ...lookRound(page, task),
    blocked: task.blocked,
    consent: true,
  });
}
