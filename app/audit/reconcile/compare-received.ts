/** What may have been received, and what was. */
export interface ReceivedComparison {
  /** As Meta says it. */
  readonly received: number;
  /** The least and the most that Tandem's own copies can have made. */
  readonly least: number;
  readonly most: number;
}

/** Fewer are chance: clocks of two systems, a day's border in another time zone. */
const FEWEST_APART = 3;

/**
 * Whether Meta's count differs from ours by more than a share, and by three at least; none below it.
 * @param share of ours that is usual, 0 to 1
 */
export function compareReceived(
  { received, least, most }: ReceivedComparison,
  share: number,
): "more" | "fewer" | null {
  if (received - most > most * share && received - most >= FEWEST_APART) return "more";
  if (least - received > least * share && least - received >= FEWEST_APART) return "fewer";
  return null;
}

/**
 * What Meta can have received of our purchases. Where its file tells the ways apart, its server column is compared with
 * what we delivered. Otherwise its number may count both copies of a sale or one, so anything between is right.
 */
export function expectReceived(
  received: { readonly server: number | null; readonly total: number },
  ours: { readonly delivered: number; readonly browser: number },
): ReceivedComparison {
  return received.server === null
    ? { received: received.total, least: ours.delivered, most: ours.delivered + ours.browser }
    : { received: received.server, least: ours.delivered, most: ours.delivered };
}
