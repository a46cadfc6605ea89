/** From raw texts to hashes: each with the place that it was read from and what normalises it. */
import type { Normalised } from "../clean-text.ts";
import { hashValue, readHash } from "./hash-value.ts";
import { noteDrop, noteSource } from "../mapping-notes.ts";
import type { MappingNotes } from "../mapping-notes.ts";
import type { Hashed } from "../model.ts";

export interface Candidate {
  readonly from: string;
  readonly raw: string | undefined;
  readonly normalise: (raw: string) => Normalised | readonly Normalised[];
}

/** Distinct hashes of every candidate. */
export function hashAll(
  key: string,
  candidates: readonly Candidate[],
  notes: MappingNotes,
): readonly Hashed[] {
  const hashes = new Set<Hashed>();
  for (const candidate of candidates) {
    for (const hashed of hashCandidate(key, candidate, notes)) hashes.add(hashed);
  }
  return [...hashes];
}

/** The same answer for the same text, computed once: an order repeats its buyer's e-mail address two or three times. */
export function remember<T>(normalise: (raw: string) => T): (raw: string) => T {
  const known = new Map<string, T>();
  return (raw) => {
    const result = known.get(raw) ?? normalise(raw);
    known.set(raw, result);
    return result;
  };
}

/** Distinct hashes of one candidate. Nothing that is a hash already is normalised or hashed again. */
export function hashCandidate(
  key: string,
  { from, raw, normalise }: Candidate,
  notes: MappingNotes,
): readonly Hashed[] {
  if (raw === undefined) return [];
  const done = readHash(raw);
  if (done !== undefined) {
    noteSource(notes, key, from);
    return [done];
  }
  const answer = normalise(raw);
  const values = new Set<string>();
  for (const result of "ok" in answer ? [answer] : answer) {
    if (result.ok) values.add(result.value);
    else noteDrop(notes, key, from, result.reason);
  }
  if (values.size > 0) noteSource(notes, key, from);
  return Array.from(values, hashValue);
}
