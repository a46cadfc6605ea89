import { type FireAnswer, readFireAnswer } from "../../contract/fire-answer.ts";
import type { CheckoutReport } from "./checkout-report.ts";
import type { PixelWorker } from "./pixel-surroundings.ts";

/** Longer than the app holds a question (10 s), shorter than a buyer stays on the page. */
const ANSWER_WITHIN_MS = 12_000;
const RETRY_AFTER_MS = 1_000;

/** text/plain keeps the request "simple": no preflight, which a worker of Origin "null" would pay for twice. */
export function postText(worker: PixelWorker, url: string, body: unknown): Promise<Response> {
  return worker.fetch(url, {
    method: "POST",
    headers: { "Content-Type": "text/plain;charset=UTF-8" },
    body: JSON.stringify(body),
    keepalive: true,
  });
}

/** Whether the same request may fare better: the app had too much to do, or its body came too slowly (408). */
export function isWorthRepeating({ status }: Pick<Response, "status">): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** Settles with the task, or rejects after so many milliseconds; the task itself is not stopped. */
export function within<T>(worker: PixelWorker, milliseconds: number, task: Promise<T>): Promise<T> {
  return Promise.race([task, worker.later(milliseconds).then(() => Promise.reject(new Error("too late")))]);
}

/**
 * Asks the app whether to fire. Silence (time out, network error, 408, 429, 5xx) is tried once more; then, and after a
 * refusal of the question itself, the answer is null: no word, no browser copy.
 */
export async function askApp(
  worker: PixelWorker,
  url: string,
  report: CheckoutReport,
): Promise<FireAnswer | null> {
  const attempt = async (): Promise<FireAnswer | null> => {
    const response = await postText(worker, url, report);
    if (isWorthRepeating(response)) throw new Error("overloaded");
    return response.ok ? readFireAnswer(await response.json().catch(() => null)) : null;
  };
  const bounded = () => within(worker, ANSWER_WITHIN_MS, attempt());
  return bounded()
    .catch(() => worker.later(RETRY_AFTER_MS).then(bounded))
    .catch(() => null);
}
