import { demandColumns, findColumns, type ColumnNames } from "./columns.ts";
import { eventIdOf, eventName, sideOf, type FileEventRow } from "./file-event.ts";
import { FileProblem } from "./file-problem.ts";
import { readAmount, readCount, readCurrency, readTime, type FileTime } from "./read-cell.ts";
import type { TableRow } from "./read-table.server.ts";

/** How exports of Events Manager and of senders' logs call their columns. */
const NAMES = {
  name: ["Event name", "Event", "Event type", "Conversion", "Name"],
  time: ["Event time", "Date", "Time", "Day", "Timestamp", "Event date", "Received at", "Reporting starts"],
  eventId: ["Event ID", "eventID", "eid", "Deduplication key", "Dedup ID"],
  // What says "website" for both sides comes last.
  side: [
    "Received from",
    "Connection method",
    "Integration",
    "Channel",
    "Source",
    "Event source",
    "Action source",
  ],
  value: ["Value", "Conversion value", "Purchase value", "Event value", "Amount", "Total value"],
  currency: ["Currency", "Currency code", "Value currency"],
  total: [
    "Total",
    "Number of events",
    "Events",
    "Event count",
    "Count",
    "Total events",
    "Events received",
    "Total events received",
    "Received",
  ],
  browser: [
    "Browser",
    "Browser events",
    "Meta Pixel",
    "Pixel",
    "Pixel events",
    "Web",
    "Received from browser",
  ],
  server: ["Server", "Server events", "Conversions API", "CAPI", "API", "Received from server"],
  testCode: ["Test event code", "Test code"],
  orderId: ["Order ID"],
} as const satisfies ColumnNames;

type Thing = keyof typeof NAMES;

const DAY_MS = 86_400_000;

/**
 * A table of events, one a row where it has a column of event IDs, else a day's numbers a row.
 * @throws FileProblem
 */
export async function* readEventTable(
  rows: AsyncIterable<TableRow>,
  file: string,
  now: number,
): AsyncGenerator<FileEventRow> {
  let row: ((given: TableRow) => FileEventRow) | undefined;
  for await (const given of rows) {
    if (row) yield row(given);
    else row = readerOf(given.cells, file, now);
  }
}

function readerOf(head: readonly string[], file: string, now: number): (row: TableRow) => FileEventRow {
  const columns = findColumns(head, NAMES, file);
  demandColumns(columns, NAMES, ["name", "time"], file);
  const isOfEvents = columns.eventId !== undefined;
  const hasNumbers = (["total", "browser", "server"] as const).some((each) => columns[each] !== undefined);
  if (!isOfEvents && !hasNumbers) throw new FileProblem({ file, line: 1 }, "eventColumns");
  const cell = ({ cells }: TableRow, thing: Thing) => (cells[columns[thing] ?? -1] ?? "").trim();
  const place = (row: TableRow, thing: Thing) => ({
    file,
    line: row.line,
    column: head[columns[thing] ?? -1]?.trim() ?? NAMES[thing][0],
  });
  const known = <Value>(
    row: TableRow,
    thing: Thing,
    read: (text: string) => Value | undefined,
    fault: "number" | "count" | "currency",
  ): Value | null => {
    const text = cell(row, thing);
    if (text === "" || /^(-|–|—|n\/a|null)$/i.test(text)) return null;
    const value = read(text);
    if (value === undefined) throw new FileProblem(place(row, thing), fault);
    return value;
  };
  const common = (row: TableRow) => {
    const name = eventName(cell(row, "name"));
    if (name === "") throw new FileProblem(place(row, "name"), "name");
    return {
      line: row.line,
      name,
      time: timeOf(cell(row, "time"), now, place(row, "time")),
      value: known(row, "value", readAmount, "number"),
      currency: known(row, "currency", readCurrency, "currency"),
    };
  };
  if (isOfEvents)
    return (row) => {
      const { time, ...rest } = common(row);
      return {
        kind: "event",
        ...rest,
        ...time,
        eventId: eventIdOf(cell(row, "eventId")),
        side: sideOf(cell(row, "side")),
        count: known(row, "total", readCount, "count") ?? 1,
        isTest: cell(row, "testCode") !== "",
        orderId: eventIdOf(cell(row, "orderId")),
      };
    };
  return (row) => {
    const { time, ...rest } = common(row);
    const side = sideOf(cell(row, "side"));
    const all = known(row, "total", readCount, "count");
    const browser = known(row, "browser", readCount, "count") ?? (side === "browser" ? all : null);
    const server = known(row, "server", readCount, "count") ?? (side === "server" ? all : null);
    const total = all ?? (browser ?? 0) + (server ?? 0);
    return { kind: "total", ...rest, day: time.day, browser, server, total };
  };
}

/** @throws FileProblem `time`, `future` */
export function timeOf(
  text: string,
  now: number,
  place: { readonly file: string; readonly line: number; readonly column: string },
): FileTime {
  const time = readTime(text);
  if (time === undefined) throw new FileProblem(place, "time");
  // The other side of the earth is a day ahead of UTC.
  if (Date.parse(`${time.day}T00:00:00Z`) > now + DAY_MS) throw new FileProblem(place, "future");
  return time;
}
