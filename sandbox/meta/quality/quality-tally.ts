import { IDENTITY_KEYS, identityMask } from "../receive/customer-information.ts";
import type { NewCopy } from "../receive/dedup-ledger.ts";

/** Keys by which Meta can deduplicate, in the order Meta reports them (meta.md section 5). */
export const DEDUPE_KEYS = ["event_id", "external_id", "fbp"] as const;

const HOUR_MS = 3_600_000;
/** Meta looks at most a week back (event_coverage); a day is kept beyond it. */
const HOURS_KEPT = 8 * 24;

/** Sums over some hours of one event name. */
const emptySums = () => ({
  server: 0,
  browser: 0,
  /** Server events per identity key, in the order of IDENTITY_KEYS. */
  identity: IDENTITY_KEYS.map(() => 0),
  serverKeys: { event_id: 0, external_id: 0, fbp: 0 },
  browserKeys: { event_id: 0, external_id: 0, fbp: 0 },
  /** Events whose two copies met by event_id. */
  met: 0,
  /** Sum of (arrival - event_time) of server events, in seconds. */
  delaySeconds: 0,
});
export type QualitySums = ReturnType<typeof emptySums>;

/** Hourly sums per event name: enough for Meta's sliding figures, and bounded whatever the volume. */
export class QualityTally {
  readonly #byName = new Map<string, Map<number, QualitySums>>();

  names(): string[] {
    return [...this.#byName.keys()];
  }

  /** @param met it is the first of its channel to meet the other channel's copy */
  add(name: string, id: string | undefined, copy: NewCopy, met: boolean): void {
    const { channel, receivedAt, identityMask: mask } = copy;
    const sums = this.#hour(name, Math.floor(receivedAt / HOUR_MS));
    sums[channel]++;
    if (met) sums.met++;
    const keys = channel === "server" ? sums.serverKeys : sums.browserKeys;
    for (const key of DEDUPE_KEYS) {
      if (key === "event_id" ? id !== undefined : (mask & identityMask(key)) !== 0) keys[key]++;
    }
    if (channel === "browser") return;
    sums.delaySeconds += Math.max(0, receivedAt / 1000 - copy.eventTime);
    sums.identity = sums.identity.map((count, position) => count + ((mask >> position) & 1));
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
  take() {
    return [...this.#byName].map(([name, hours]) => [name, [...hours]] as const);
  }

  /** Takes the place of what was added so far. */
  put(books: ReturnType<QualityTally["take"]>): void {
    this.#byName.clear();
    for (const [name, hours] of books) this.#byName.set(name, new Map(hours));
  }

  #hour(name: string, hour: number): QualitySums {
    const hours = this.#byName.get(name) ?? new Map<number, QualitySums>();
    this.#byName.set(name, hours);
    const known = hours.get(hour);
    if (known !== undefined) return known;
    const sums = emptySums();
    hours.set(hour, sums);
    for (const old of hours.keys()) if (old <= hour - HOURS_KEPT) hours.delete(old);
    return sums;
  }
}

function addSums(into: QualitySums, part: QualitySums): void {
  for (const key of ["server", "browser", "met", "delaySeconds"] as const) into[key] += part[key];
  into.identity = into.identity.map((count, position) => count + (part.identity[position] ?? 0));
  for (const key of DEDUPE_KEYS) {
    into.serverKeys[key] += part.serverKeys[key];
    into.browserKeys[key] += part.browserKeys[key];
  }
}
