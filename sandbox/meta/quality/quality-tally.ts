import { IDENTITY_KEYS, identityMask } from "../receive/customer-information.ts";
import type { Channel } from "../receive/dedup-ledger.ts";

/** Keys by which Meta can deduplicate, in the order Meta reports them (meta.md section 5). */
export const DEDUPE_KEYS = ["event_id", "external_id", "fbp"] as const;
export type DedupeKey = (typeof DEDUPE_KEYS)[number];

export const HOUR_MS = 3_600_000;
/** Meta looks at most a week back (event_coverage); a day is kept beyond it. */
const HOURS_KEPT = 8 * 24;

/** Sums over some hours of one event name. */
export interface QualitySums {
  server: number;
  browser: number;
  /** Server events per identity key, in the order of IDENTITY_KEYS. */
  identity: number[];
  serverKeys: Record<DedupeKey, number>;
  browserKeys: Record<DedupeKey, number>;
  /** Events whose two copies met by event_id. */
  met: number;
  /** Sum of (arrival - event_time) of server events, in seconds. */
  delaySeconds: number;
}

export function emptySums(): QualitySums {
  return {
    server: 0,
    browser: 0,
    identity: IDENTITY_KEYS.map(() => 0),
    serverKeys: { event_id: 0, external_id: 0, fbp: 0 },
    browserKeys: { event_id: 0, external_id: 0, fbp: 0 },
    met: 0,
    delaySeconds: 0,
  };
}

export interface QualitySample {
  channel: Channel;
  identityMask: number;
  hasEventId: boolean;
  met: boolean;
  /** Seconds between the event and its arrival. */
  delaySeconds: number;
}

export type TallyBooks = readonly (readonly [
  name: string,
  hours: readonly (readonly [hour: number, sums: QualitySums])[],
])[];

const EXTERNAL_ID = identityMask("external_id");
const FBP = identityMask("fbp");

/** Hourly sums per event name: enough for Meta's sliding figures, and bounded whatever the volume. */
export class QualityTally {
  readonly #byName = new Map<string, Map<number, QualitySums>>();

  names(): string[] {
    return [...this.#byName.keys()];
  }

  add(name: string, at: number, sample: QualitySample): void {
    const sums = this.#hour(name, Math.floor(at / HOUR_MS));
    const keys = sample.channel === "server" ? sums.serverKeys : sums.browserKeys;
    sums[sample.channel]++;
    if (sample.hasEventId) keys.event_id++;
    if ((sample.identityMask & EXTERNAL_ID) !== 0) keys.external_id++;
    if ((sample.identityMask & FBP) !== 0) keys.fbp++;
    if (sample.met) sums.met++;
    if (sample.channel === "browser") return;
    sums.delaySeconds += sample.delaySeconds;
    for (let position = 0; position < sums.identity.length; position++) {
      if ((sample.identityMask & (1 << position)) !== 0)
        sums.identity[position] = (sums.identity[position] ?? 0) + 1;
    }
  }

  /** Sums of the last `hours` before `now` (ms). */
  last(name: string, hours: number, now: number): QualitySums {
    const sums = emptySums();
    const latest = Math.floor(now / HOUR_MS);
    for (const [hour, part] of this.#byName.get(name) ?? []) {
      if (hour <= latest && hour > latest - hours) addSums(sums, part);
    }
    return sums;
  }

  /** All sums by event name and hour since 1970, as `put` takes them. */
  take(): TallyBooks {
    return [...this.#byName].map(([name, hours]) => [name, [...hours]] as const);
  }

  /** Takes the place of what was added so far. */
  put(books: TallyBooks): void {
    this.#byName.clear();
    for (const [name, hours] of books) this.#byName.set(name, new Map(hours));
  }

  #hour(name: string, hour: number): QualitySums {
    let hours = this.#byName.get(name);
    if (hours === undefined) this.#byName.set(name, (hours = new Map()));
    let sums = hours.get(hour);
    if (sums === undefined) {
      hours.set(hour, (sums = emptySums()));
      for (const old of hours.keys()) if (old <= hour - HOURS_KEPT) hours.delete(old);
    }
    return sums;
  }
}

function addSums(into: QualitySums, part: QualitySums): void {
  into.server += part.server;
  into.browser += part.browser;
  into.met += part.met;
  into.delaySeconds += part.delaySeconds;
  into.identity = into.identity.map((count, position) => count + (part.identity[position] ?? 0));
  for (const key of DEDUPE_KEYS) {
    into.serverKeys[key] += part.serverKeys[key];
    into.browserKeys[key] += part.browserKeys[key];
  }
}
