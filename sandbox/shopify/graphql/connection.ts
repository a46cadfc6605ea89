import { GraphQLError } from "graphql";

export interface PageArguments {
  readonly after?: string | null;
  readonly before?: string | null;
  readonly first?: number | null;
  readonly last?: number | null;
}

/** A place in a sorted list: the sort value and, between equals, the ID. */
export interface Place {
  readonly value: number | string;
  readonly id: bigint;
}

/** Largest page of any connection. */
const MAX_PAGE = 250;

const writeCursor = (place: Place): string =>
  Buffer.from(JSON.stringify({ last_id: place.id.toString(), last_value: place.value })).toString("base64");

function readCursor(cursor: string): Place {
  try {
    const parsed = JSON.parse(Buffer.from(cursor, "base64").toString("utf8")) as {
      last_id: string;
      last_value: number | string;
    };
    return { id: BigInt(parsed.last_id), value: parsed.last_value };
  } catch {
    throw fault("Invalid cursor for current pagination sort.", "BAD_REQUEST");
  }
}

function comparePlaces(a: Place, b: Place): number {
  if (a.value !== b.value) return a.value < b.value ? -1 : 1;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

/**
 * Cuts one page, forward only. Cursors name a place, not an index, so a page stays right while rows arrive; with a sort
 * value that moves (updated_at) a row can appear twice, as it can at Shopify.
 */
export function paginate<T>(
  items: readonly T[],
  placeOf: (item: T) => Place,
  given: PageArguments,
  reverse: boolean,
) {
  const { first } = given;
  if (given.last != null || given.before != null) {
    throw fault("The sandbox pages forward only", "BAD_REQUEST");
  }
  if (first == null) throw fault("you must provide one of first or last", "BAD_REQUEST");
  if (first > MAX_PAGE || first < 0) {
    throw fault(`first must be between 0 and ${MAX_PAGE}`, "BAD_REQUEST");
  }
  const order = (a: Place, b: Place): number => comparePlaces(a, b) * (reverse ? -1 : 1);
  const placed = items
    .map((node) => ({ node, place: placeOf(node) }))
    .sort((a, b) => order(a.place, b.place));
  const after = given.after ? readCursor(given.after) : undefined;
  const rest = after ? placed.filter(({ place }) => order(place, after) > 0) : placed;
  const edges = rest.slice(0, first).map(({ node, place }) => ({ cursor: writeCursor(place), node }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasPreviousPage: rest.length < placed.length,
      hasNextPage: edges.length > 0 && edges.length < rest.length,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** A GraphQL error with Shopify's `extensions.code`. */
export function fault(
  message: string,
  code: string,
  extensions: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...extensions } });
}
