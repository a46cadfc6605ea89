import { pipeline, Readable } from "node:stream";

import { CsvError, parse, type Info } from "csv-parse";

import { FileProblem } from "./file-problem.ts";
import { peekText } from "./peek-text.ts";

export interface TableRow {
  /** On which the row begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A row with its names and lines of text; beyond it, a quote was never closed. */
const LONGEST_ROW = 1_000_000;
/** A first line without an end this far is none. */
const LONGEST_HEAD = 100_000;
const SEPARATORS = [",", ";", "\t"] as const;

/**
 * The rows of a CSV file, the first line's first, empty ones left out. Separated by commas, semicolons or tabs, whichever the
 * first line has most of; `sep=;`, as spreadsheets write it above the first line, is understood.
 *
 * @throws FileProblem naming the line on which the faulty row begins
 */
export async function* readTable(text: AsyncIterable<string>, file: string): AsyncGenerator<TableRow> {
  const { head, whole } = await peekText(
    text,
    (begun) => (begun.match(/\n/g)?.length ?? 0) >= 2 || begun.length > LONGEST_HEAD,
  );
  const mark = /^sep=(.)\r?\n/.exec(head);
  const separator = mark?.[1] ?? findSeparator(head);
  let line = mark ? 2 : 1;
  // The stream reads ahead of the loop below: an error's row begins after the last one that it read.
  let next = line;
  const parser = parse({
    delimiter: separator,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: LONGEST_ROW,
    from_line: mark ? 2 : 1,
    on_record: (record, { lines }) => {
      next = lines + 1;
      return record;
    },
  });
  // What fails in either stream comes out of the loop below.
  pipeline(Readable.from(whole), parser, () => undefined);
  let columns: number | undefined;
  try {
    for await (const row of parser as AsyncIterable<{ record: readonly string[]; info: Info }>) {
      const cells = row.record;
      columns ??= cells.length;
      if (cells.length > columns) {
        // Spreadsheets put empty cells at the end.
        if (cells.slice(columns).some((cell) => cell.trim() !== ""))
          throw new FileProblem({ file, line }, "cells", { cells: cells.length, columns });
      }
      yield { line, cells };
      line = row.info.lines + 1;
    }
  } catch (error) {
    throw error instanceof CsvError ? new FileProblem({ file, line: next }, faultOf(error)) : error;
  }
}

function faultOf({ code }: CsvError): "quoteOpen" | "quoteStray" | "longRow" {
  if (code === "CSV_QUOTE_NOT_CLOSED") return "quoteOpen";
  return code === "CSV_MAX_RECORD_SIZE" ? "longRow" : "quoteStray";
}

/** Quoted names may hold any of them. */
function findSeparator(head: string): string {
  const names = (head.split("\n")[0] ?? "").replaceAll(/"[^"]*"/g, "");
  const count = (separator: string) => names.split(separator).length;
  return SEPARATORS.reduce((best, each) => (count(each) > count(best) ? each : best));
}
