import type { ContentItem, PurchaseData } from "../conversions/model.ts";

/** How many entries the browser's copy lacks of the server's. */
export interface Shortening {
  readonly contents?: number;
  readonly contentIds?: number;
}

/**
 * A hit is one GET. Servers and proxies on the way take about 2,000 characters for sure; past that a 414 or 431 comes
 * back, which a browser cannot see.
 */
const HIT_LENGTH = 2000;
/** The address of `/tr` and every parameter of the hit but those counted below, at their longest. Characters. */
const FIXED_LENGTH = 500;
/** A page whose address is longer is cut to its origin by the browser program before anything else gives way. */
const LONGEST_PAGE = 300;

/**
 * The products that fit into one hit, whatever the order: `contents` is shortened first, from its end, then the list of
 * product IDs. Value, currency, event ID and the number of items are no part of this and never give way.
 *
 * @param traces what else makes the hit long; the longest of each kind leaves room for value and ID
 */
export function fitContents(
  purchase: Pick<PurchaseData, "contents" | "content_ids">,
  eventId: string,
  traces: { readonly fbp?: string; readonly fbc?: string; readonly page?: string },
): {
  readonly contents?: readonly ContentItem[];
  readonly contentIds?: readonly string[];
  readonly shortened?: Shortening;
} {
  const { contents = [], content_ids: ids = [] } = purchase;
  const taken =
    FIXED_LENGTH +
    encodedLength(eventId) +
    encodedLength(traces.fbp ?? "") +
    encodedLength(traces.fbc ?? "") +
    Math.min(encodedLength(traces.page ?? ""), LONGEST_PAGE);
  const room = Math.max(0, HIT_LENGTH - taken);
  const keptIds = takeWhileFits(ids, room);
  const keptContents = takeWhileFits(contents, room - keptIds.length);
  const lostContents = contents.length - keptContents.entries.length;
  const lostIds = ids.length - keptIds.entries.length;
  return {
    ...(keptContents.entries.length > 0 && { contents: keptContents.entries }),
    ...(keptIds.entries.length > 0 && { contentIds: keptIds.entries }),
    ...((lostContents > 0 || lostIds > 0) && {
      shortened: {
        ...(lostContents > 0 && { contents: lostContents }),
        ...(lostIds > 0 && { contentIds: lostIds }),
      },
    }),
  };
}

function takeWhileFits<T>(
  entries: readonly T[],
  room: number,
): { readonly entries: readonly T[]; readonly length: number } {
  let length = encodedLength("[]");
  let count = 0;
  for (const entry of entries) {
    const next = length + encodedLength(`${JSON.stringify(entry)}${count === 0 ? "" : ","}`);
    if (next > room) break;
    length = next;
    count += 1;
  }
  return count === 0 ? { entries: [], length: 0 } : { entries: entries.slice(0, count), length };
}

/** Characters of a text in an address, as URLSearchParams writes it. */
function encodedLength(text: string): number {
  return new URLSearchParams([["", text]]).toString().length - 1;
}
