import type { FileEventRow } from "./file-event.ts";
import { FileProblem } from "./file-problem.ts";

/** What Meta received of one event on one day, added up from a file. */
export interface ReceivedSum {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly eventName: string;
  /** null where the file does not tell the two ways apart. */
  readonly browser: number | null;
  readonly server: number | null;
  readonly total: number;
  /** null where the file has no value, or several currencies. */
  readonly amount: number | null;
  readonly currency: string | null;
}

interface Sum {
  browser: number | null;
  server: number | null;
  total: number;
  amount: number | null;
  currencies: Set<string>;
}

/** What the database's columns hold; no export comes near. */
const LARGEST = 2_000_000_000;
/** Ten years of a dozen events. */
const MOST_SUMS = 50_000;

/** Adds rows up by day and event name. */
export class ReceivedDays {
  readonly #sums = new Map<string, Sum>();
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** @throws FileProblem `tooMany` */
  add(row: FileEventRow): void {
    const key = `${row.day} ${row.name}`;
    let sum = this.#sums.get(key);
    if (!sum) {
      if (this.#sums.size >= MOST_SUMS)
        throw new FileProblem({ file: this.#file, line: row.line }, "tooMany", { most: MOST_SUMS });
      sum = { browser: null, server: null, total: 0, amount: null, currencies: new Set() };
      this.#sums.set(key, sum);
    }
    if (row.kind === "total") {
      sum.browser = plus(sum.browser, row.browser);
      sum.server = plus(sum.server, row.server);
      sum.total += row.total;
    } else {
      if (row.side !== null) sum[row.side] = plus(sum[row.side], row.count);
      sum.total += row.count;
    }
    sum.amount = plus(sum.amount, row.value);
    if (row.currency !== null) sum.currencies.add(row.currency);
  }

  /** Oldest day first. */
  sums(): readonly ReceivedSum[] {
    return [...this.#sums]
      .map(([key, { browser, server, total, amount, currencies }]) => {
        const [currency] = currencies;
        const hasAmount = amount !== null && currency !== undefined && currencies.size === 1;
        return {
          day: key.slice(0, 10),
          eventName: key.slice(11),
          browser: browser === null ? null : Math.min(browser, LARGEST),
          server: server === null ? null : Math.min(server, LARGEST),
          total: Math.min(total, LARGEST),
          amount: hasAmount && Math.abs(amount) < 1e15 ? amount : null,
          currency: hasAmount ? currency : null,
        };
      })
      .sort((a, b) => (a.day + a.eventName < b.day + b.eventName ? -1 : 1));
  }
}

function plus(sum: number | null, part: number | null): number | null {
  return part === null ? sum : (sum ?? 0) + part;
}
