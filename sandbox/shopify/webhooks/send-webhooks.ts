import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";
import { Pool } from "undici";
import { signWebhook } from "../auth/sign-request.ts";
import type { AppFile } from "../app-files.ts";

/** Shopify gives an endpoint one second to connect and five in all. */
const CONNECT_TIMEOUT_MS = 1000;
const TOTAL_TIMEOUT_MS = 5000;

export interface WebhookMessage {
  readonly topic: string;
  readonly shop: string;
  /** Raw body; signed as it stands. */
  readonly body: string;
}

/** How one message misbehaves on its way. */
export interface SendOptions {
  /** Wait before the first attempt, in milliseconds of real time. */
  readonly delayMs?: number;
  /** Further copies sent in parallel, with the same webhook ID or one each. */
  readonly duplicates?: number;
  readonly duplicatesGetNewId?: boolean;
  /** Signed with a wrong secret: the app must refuse it, and Shopify would never send it; no retries. */
  readonly badSignature?: boolean;
  /** Shopify promises no delivery: this one never leaves. */
  readonly lost?: boolean;
}

export type WebhookOutcome =
  | { readonly kind: "delivered"; readonly attempts: number; readonly status: number }
  | { readonly kind: "gave_up"; readonly attempts: number; readonly status: WebhookAttempt["status"] }
  | { readonly kind: "refused"; readonly status: WebhookAttempt["status"] }
  | { readonly kind: "lost" | "no_subscription" | "stopped" };

type Statuses = Record<string, number>;

interface WebhookAttempt extends Pick<WebhookMessage, "topic" | "shop"> {
  readonly at: number;
  readonly webhookId: string;
  readonly attempt: number;
  readonly status: number | "timeout" | "network";
  readonly milliseconds: number;
}

export interface SenderOptions {
  readonly appUrl: string;
  readonly secret: string;
  readonly apiVersion: string;
  readonly subscriptions: AppFile["subscriptions"];
  readonly now: () => number;
  /** Factor on the waits between retries; 1 is Shopify's own four hours. */
  readonly timeScale?: number;
  /** Factor on how long one answer may take; 1 is Shopify's own: a second to connect, five in all. */
  readonly patience?: number;
}

/** Requests in flight at most. */
const CONCURRENCY = 50;
const LOG_LENGTH = 500;

const isTaken = (status: WebhookAttempt["status"]): status is number =>
  typeof status === "number" && status >= 200 && status < 300;

/** Sends webhooks as Shopify does: at least once, unordered under load, retried, and never promised. */
export class WebhookSender {
  /** HTTP attempts (`sent`), those answered 2xx (`ok`), those not, and all by HTTP status, "timeout" or "network". */
  readonly stats = { sent: 0, ok: 0, failed: 0, retried: 0, gaveUp: 0, lost: 0, statuses: {} as Statuses };
  /** The newest attempts, oldest first. */
  readonly log: WebhookAttempt[] = [];
  readonly #options: SenderOptions;
  readonly #pool: Pool;
  readonly #limit = pLimit(CONCURRENCY);
  readonly #pending = new Set<Promise<unknown>>();
  readonly #stop = new AbortController();

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#pool = new Pool(new URL(options.appUrl).origin, {
      connections: CONCURRENCY,
      connect: { timeout: CONNECT_TIMEOUT_MS * (options.patience ?? 1) },
    });
  }

  /** Resolves when the message was taken with a 2xx, or when nothing more will be tried. */
  send(message: WebhookMessage, options: SendOptions = {}): Promise<WebhookOutcome> {
    const [webhookId, eventId] = [randomUUID(), randomUUID()];
    const original = this.#track(this.#deliver(message, webhookId, eventId, options));
    for (let copy = 0; copy < (options.duplicates ?? 0); copy++) {
      const id = options.duplicatesGetNewId ? randomUUID() : webhookId;
      void this.#track(this.#deliver(message, id, eventId, options));
    }
    return original;
  }

  /** Waits until no message is on its way, copies and retries included. */
  async idle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.allSettled([...this.#pending]);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.idle();
    await this.#pool.destroy();
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#pending.add(work);
    void work.catch(() => undefined).finally(() => this.#pending.delete(work));
    return work;
  }

  async #deliver(
    message: WebhookMessage,
    webhookId: string,
    eventId: string,
    options: SendOptions,
  ): Promise<WebhookOutcome> {
    const { topic, shop, body } = message;
    const subscription = this.#options.subscriptions.find((each) => each.topic === topic);
    if (!subscription) return { kind: "no_subscription" };
    if (options.lost) {
      this.stats.lost += 1;
      return { kind: "lost" };
    }
    const secret = options.badSignature ? `not-${this.#options.secret}` : this.#options.secret;
    const headers = {
      "content-type": "application/json",
      accept: "*/*",
      "user-agent": "Shopify-Captain-Hook",
      "x-shopify-topic": topic,
      "x-shopify-hmac-sha256": signWebhook(body, secret),
      "x-shopify-shop-domain": shop,
      "x-shopify-api-version": this.#options.apiVersion,
      "x-shopify-webhook-id": webhookId,
      "x-shopify-event-id": eventId,
      "x-shopify-triggered-at": new Date(this.#options.now()).toISOString(),
      ...(subscription.name === undefined ? {} : { "x-shopify-name": subscription.name }),
    };
    const retries = options.badSignature ? [] : retryDelays(this.#options.timeScale ?? 1);
    const waits = [options.delayMs ?? 0, ...retries];
    let status: WebhookAttempt["status"] = "network";
    for (const [attempt, wait] of waits.entries()) {
      if (wait > 0 && !(await this.#sleep(wait))) return { kind: "stopped" };
      if (attempt > 0) this.stats.retried += 1;
      status = await this.#limit(async () => {
        const started = performance.now();
        const answer = await this.#post(subscription.path, headers, body);
        const milliseconds = Math.round(performance.now() - started);
        const at = this.#options.now();
        this.#count({ at, topic, shop, webhookId, attempt, status: answer, milliseconds });
        return answer;
      });
      if (this.#stop.signal.aborted) return { kind: "stopped" };
      if (isTaken(status)) return { kind: "delivered", attempts: attempt + 1, status };
    }
    if (options.badSignature) return { kind: "refused", status };
    this.stats.gaveUp += 1;
    return { kind: "gave_up", attempts: waits.length, status };
  }

  #count(attempt: WebhookAttempt): void {
    const { stats } = this;
    stats.sent += 1;
    stats[isTaken(attempt.status) ? "ok" : "failed"] += 1;
    stats.statuses[attempt.status] = (stats.statuses[attempt.status] ?? 0) + 1;
    this.log.push(attempt);
    if (this.log.length > LOG_LENGTH) this.log.shift();
  }

  async #post(
    path: string,
    headers: Record<string, string>,
    body: string,
  ): Promise<WebhookAttempt["status"]> {
    const timeout = AbortSignal.timeout(TOTAL_TIMEOUT_MS * (this.#options.patience ?? 1));
    const signal = AbortSignal.any([timeout, this.#stop.signal]);
    try {
      const response = await this.#pool.request({ method: "POST", path, headers, body, signal });
      await response.body.dump();
      return response.statusCode;
    } catch {
      return timeout.aborted ? "timeout" : "network";
    }
  }

  async #sleep(milliseconds: number): Promise<boolean> {
    return sleep(milliseconds, true, { signal: this.#stop.signal }).catch(() => false);
  }
}

const RETRIES = 8;
const RETRY_SPAN_SECONDS = 4 * 3600;

/**
 * Waits before retries 1 to 8, in milliseconds: doubling, four hours in all (Shopify's changelog of 10 September 2024
 * gives the number and the span). `timeScale` shrinks them: 0.001 makes the four hours 14.4 s.
 */
export function retryDelays(timeScale: number): number[] {
  const unit = (RETRY_SPAN_SECONDS * 1000) / (2 ** RETRIES - 1);
  return Array.from({ length: RETRIES }, (_, retry) => unit * 2 ** retry * timeScale);
}
