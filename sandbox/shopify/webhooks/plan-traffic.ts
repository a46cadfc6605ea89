import type { Random } from "../orders/seeded-random.ts";
import type { SendOptions } from "./send-webhooks.ts";

/** Shares (0..1) of messages that get each treatment; they may fall together. */
export interface TrafficMix {
  readonly repeated?: number;
  /** Copies with another webhook ID, as after a second subscription or a redelivery. */
  readonly repeatedWithNewId?: number;
  readonly badSignature?: number;
  readonly lost?: number;
  /** Delayed by up to `delayMs`, which reorders. */
  readonly delayed?: number;
  readonly delayMs?: number;
}

export interface PlannedMessage<T> {
  readonly item: T;
  readonly options: SendOptions;
}

/**
 * Decides what happens to each message: order shuffled, some repeated, delayed or lost. A badly signed message is always
 * an extra forgery beside the real one, since Shopify itself never signs badly.
 */
export function planTraffic<T>(items: readonly T[], mix: TrafficMix, random: Random): PlannedMessage<T>[] {
  const plan = items.flatMap((item): PlannedMessage<T>[] => {
    const options: SendOptions = {
      ...(random.chance(mix.repeated ?? 0) ? { duplicates: random.int(1, 3) } : {}),
      ...(random.chance(mix.repeatedWithNewId ?? 0)
        ? { duplicates: random.int(1, 3), duplicatesGetNewId: true }
        : {}),
      ...(random.chance(mix.lost ?? 0) ? { lost: true } : {}),
      ...(random.chance(mix.delayed ?? 0) ? { delayMs: random.int(0, mix.delayMs ?? 1000) } : {}),
    };
    const forgery: PlannedMessage<T>[] = random.chance(mix.badSignature ?? 0)
      ? [{ item, options: { badSignature: true } }]
      : [];
    return [{ item, options }, ...forgery];
  });
  return random.shuffle(plan);
}
