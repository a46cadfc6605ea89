import type { TallyRow } from "./read-tallies.server.ts";

export interface Money {
  /** ISO code; empty where nobody knows it. */
  readonly currency: string;
  readonly amount: number;
}

/** Orders and what they are worth, each currency by itself: amounts of two currencies never become one. */
export interface Sum {
  readonly count: number;
  /** By currency code; a currency that adds up to nothing is left out. */
  readonly worth: readonly Money[];
}

/** Below half of the smallest part that is stored (four decimals), a sum is the rest of a calculation. */
const NOTHING = 0.000_05;

export function total(rows: readonly TallyRow[]): Sum {
  return {
    count: rows.reduce((sum, row) => sum + row.count, 0),
    worth: addMoney(rows),
  };
}

/** What is left of `all` without `part`, never less than nothing. */
export function without(all: Sum, part: Sum): Sum {
  const left = addMoney([...all.worth, ...part.worth.map((each) => ({ ...each, amount: -each.amount }))]);
  return { count: Math.max(0, all.count - part.count), worth: left.filter((each) => each.amount > 0) };
}

function addMoney(parts: readonly Money[]): readonly Money[] {
  const sums = new Map<string, number>();
  for (const { currency, amount } of parts) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums]
    .filter(([, amount]) => Math.abs(amount) > NOTHING)
    .map(([currency, amount]) => ({ currency, amount }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

export function grouped<Key>(rows: readonly TallyRow[], key: (row: TallyRow) => Key): Map<Key, TallyRow[]> {
  const groups = new Map<Key, TallyRow[]>();
  for (const row of rows) {
    const of = key(row);
    const group = groups.get(of);
    if (group) group.push(row);
    else groups.set(of, [row]);
  }
  return groups;
}
