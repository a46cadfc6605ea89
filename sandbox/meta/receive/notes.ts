/**
 * Things Meta documents but was seen to accept, or accepts though they harm: never an error, only counted.
 * They show in the state so that a test can demand none.
 */
export const NOTE_KINDS = [
  "website_without_user_agent",
  "website_without_source_url",
  "fbc_time_not_in_milliseconds",
  "hash_of_empty_string",
  "unknown_envelope_key",
  "without_event_id",
  "sent_later_than_an_hour",
  "unhashed_in_pixel",
] as const;

export type NoteKind = (typeof NOTE_KINDS)[number];

export class Notes {
  readonly #counts = new Map<NoteKind, number>();

  add(kind: NoteKind, times = 1): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + times);
  }

  addAll(other: Notes): void {
    for (const [kind, times] of other.#counts) this.add(kind, times);
  }

  toJSON(): Partial<Record<NoteKind, number>> {
    return Object.fromEntries(this.#counts);
  }
}
