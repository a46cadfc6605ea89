import type { Outcome } from "../../contract/fired-report.ts";
import { within } from "./ask-app.ts";
import type { PixelWorker } from "./pixel-surroundings.ts";

/** A hit whose fate is unknown after this long counts as failed; the request itself goes on. */
const HIT_WITHIN_MS = 10_000;

/** A rejected fetch is what a content blocker looks like from inside: with `no-cors` every answer of Meta resolves. */
export async function sendHit(worker: PixelWorker, url: string): Promise<Outcome> {
  const hit = worker.fetch(url, { mode: "no-cors", credentials: "include", keepalive: true }).then(
    (): Outcome => "sent",
    (): Outcome => "blocked",
  );
  return within(worker, HIT_WITHIN_MS, hit).catch((): Outcome => "failed");
}
