/**
 * Whether the numeric shop ID in a signed body belongs to the shop of the unsigned header.
 *
 * `own` is undefined for a store whose ID was not learned yet; then only an ID known to be another store's refuses.
 * A body that names no ID is judged by the rest of its shape alone.
 */
export function isAnotherShop(input: {
  readonly claimed: string | undefined;
  readonly own: string | undefined;
  readonly isKnownElsewhere: boolean;
}): boolean {
  const { claimed, own, isKnownElsewhere } = input;
  if (claimed === undefined) return false;
  return own === undefined ? isKnownElsewhere : own !== claimed;
}
