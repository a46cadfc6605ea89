import { FileProblem } from "./file-problem.ts";

/** For each thing that a reader wants, how files call its column; the first is how an error names it. */
export type ColumnNames = Readonly<Record<string, readonly [string, ...string[]]>>;

/** Where each thing stands in a row; undefined = the file does not have it. */
export type Columns<Names extends ColumnNames> = Readonly<Record<keyof Names, number | undefined>>;

/**
 * Finds columns by their names, whatever their case, spaces, signs and what stands in brackets.
 * @param file whose first line it is
 * @throws FileProblem `header` where no cell says anything
 */
export function findColumns<Names extends ColumnNames>(
  head: readonly string[],
  names: Names,
  file: string,
): Columns<Names> {
  const places = new Map<string, number>();
  for (const [place, cell] of head.entries()) {
    const key = columnKey(cell);
    if (key !== "" && !places.has(key)) places.set(key, place);
  }
  if (places.size === 0) throw new FileProblem({ file, line: 1 }, "header");
  const found = Object.entries(names).map(([thing, spellings]) => {
    const spelling = spellings.find((each) => places.has(columnKey(each)));
    return [thing, spelling === undefined ? undefined : places.get(columnKey(spelling))];
  });
  return Object.fromEntries(found) as Columns<Names>;
}

/** @throws FileProblem `column` with the first name of the first thing that is missing */
export function demandColumns<Names extends ColumnNames>(
  columns: Columns<Names>,
  names: Names,
  wanted: readonly (keyof Names & string)[],
  file: string,
): void {
  const missing = wanted.find((thing) => columns[thing] === undefined);
  if (missing !== undefined)
    throw new FileProblem({ file, line: 1, column: names[missing]?.[0] ?? missing }, "column");
}

/** "Event time (UTC)" and "event_time" are one name. */
function columnKey(name: string): string {
  return name
    .replace(/\([^()]*\)/g, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}
