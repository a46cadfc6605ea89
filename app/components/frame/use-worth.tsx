import { useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";

import type { Money, Sum } from "../../quality/sum-tallies.ts";
import { useFormat, type FrameData } from "./use-format.ts";
import { writeList } from "../../texts/conventions.ts";

/** Sums of orders as text: each currency by itself, the store's first; never one made of two. */
export function useWorth() {
  const format = useFormat();
  const own = (useRouteLoaderData("routes/app") as FrameData | undefined)?.currency ?? "";
  const amounts = ({ worth }: Sum): readonly string[] =>
    storesFirst(worth, own).map(({ currency, amount }) => format.money(amount, currency || null));
  return {
    own,
    /** One text a currency; a zero of the store's where nothing is known. */
    amounts: (sum: Sum): readonly string[] => (sum.worth.length === 0 ? [format.money(0)] : amounts(sum)),
    /** Within a sentence. */
    money: (sum: Sum): string => writeList(amounts(sum)) || format.money(0),
    /** Their number, and what they are worth where they are worth something: a line a currency. */
    countAndMoney: (sum: Sum): ReactNode => {
      const [first, ...others] = amounts(sum);
      const count = format.number(sum.count);
      if (first === undefined) return count;
      return (
        <>
          {`${count} · ${first}`}
          {others.map((each) => (
            <span key={each} className="tandem-amount">
              {each}
            </span>
          ))}
        </>
      );
    },
  };
}

function storesFirst(worth: readonly Money[], own: string): readonly Money[] {
  return [...worth.filter((each) => each.currency === own), ...worth.filter((each) => each.currency !== own)];
}
