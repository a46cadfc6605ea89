import type { TallyRow } from "./read-tallies.server.ts";

/** Orders and what they are worth in the store's currency. */
export interface Sum {
  readonly count: number;
  readonly amount: number;
}

export function total(rows: readonly TallyRow[]): Sum {
  return rows.reduce((sum, row) => ({ count: sum.count + row.count, amount: sum.amount + row.amount }), {
    count: 0,
    amount: 0,
  });
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
