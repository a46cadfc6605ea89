import { decodeText } from "./decode-text.ts";
import type { FileEventRow } from "./file-event.ts";
import { FileProblem } from "./file-problem.ts";
import { peekText } from "./peek-text.ts";
import { readEventObjects } from "./read-event-objects.ts";
import { readEventTable } from "./read-event-table.ts";
import { readTable } from "./read-table.server.ts";
import { splitJson } from "./split-json.ts";

/**
 * What Meta received or was sent, from a file of one of these kinds: an export of Events Manager as CSV (an event a row, or a
 * day's totals a row), or a log of Conversions API requests as JSON.
 *
 * @param file its name for the reader
 * @param now unix milliseconds: a date after tomorrow is none
 * @throws FileProblem
 */
export async function* readEvents(
  bytes: AsyncIterable<Uint8Array>,
  file: string,
  now: number,
): AsyncGenerator<FileEventRow> {
  const { head, whole } = await peekText(decodeText(bytes, file), (begun) => begun.trimStart() !== "");
  const first = head.trimStart().charAt(0);
  if (first === "") throw new FileProblem({ file }, "empty");
  if (first === "{" || first === "[") yield* readEventObjects(splitJson(whole, file), file, now);
  else yield* readEventTable(readTable(whole, file), file, now);
}
