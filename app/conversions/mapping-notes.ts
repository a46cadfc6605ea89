import type { DropReason, Normalised } from "./clean-text.ts";
import type { Dropped, Provenance } from "./model.ts";

/**
 * What a mapping remembers while it runs: where each key came from, and what was left out and why. Places and
 * reasons only, never values; this is what the event page and `--explain` show.
 */
export interface MappingNotes {
  readonly provenance: Provenance[];
  readonly dropped: Dropped[];
}

export function newNotes(): MappingNotes {
  return { provenance: [], dropped: [] };
}

export function noteSource(notes: MappingNotes, key: string, from: string): void {
  notes.provenance.push({ key, from });
}

export function noteDrop(notes: MappingNotes, key: string, from: string, reason: DropReason): void {
  notes.dropped.push({ key, from, reason });
}

/** The value with its source noted, or undefined with the reason noted. */
export function takeOrNote(
  result: Normalised,
  key: string,
  from: string,
  notes: MappingNotes,
): string | undefined {
  if (result.ok) noteSource(notes, key, from);
  else noteDrop(notes, key, from, result.reason);
  return result.ok ? result.value : undefined;
}
