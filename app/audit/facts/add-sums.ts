import type { Sum } from "../../quality/sum-tallies.ts";
import { addWorth } from "../check.ts";

/** Counts and amounts of several parts together. */
export function addSums(parts: readonly Sum[]): Sum {
  return {
    count: parts.reduce((all, { count }) => all + count, 0),
    worth: addWorth(parts.flatMap(({ worth }) => worth)),
  };
}
