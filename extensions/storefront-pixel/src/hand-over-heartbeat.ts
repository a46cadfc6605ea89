import type { BlockData } from "./block-data.ts";
import { readMark, writeMark } from "./browser-marks.ts";
import { type HeartbeatTask, loadScript, type StorefrontWindow } from "./storefront-window.ts";

const DAY_MS = 86_400_000;

/**
 * Once a day (UTC) and browser, and then with the probability `heartbeat` of the settings (0..1), loads the second script,
 * which looks round and tells the app. Marks the day either way. Whoever is not due downloads nothing of it.
 */
export function handOverHeartbeat(
  page: StorefrontWindow,
  { beat, settings }: BlockData,
  task: HeartbeatTask,
  now: number,
  random: () => number,
): void {
  const today = String(Math.floor(now / DAY_MS));
  if (!beat || readMark(page, "beat") === today || !writeMark(page, "beat", today)) return;
  if (random() >= (settings?.heartbeat ?? 1)) return;
  page.tandemBeat = task;
  loadScript(page, beat);
}
