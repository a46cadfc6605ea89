import { decodeText } from "./decode-text.ts";
import type { FileOrder } from "./file-order.ts";
import { FileProblem } from "./file-problem.ts";
import { peekText } from "./peek-text.ts";
import { readOrderObjects } from "./read-order-objects.ts";
import { readOrderTable } from "./read-order-table.ts";
import { readTable } from "./read-table.server.ts";
import { splitJson } from "./split-json.ts";

/**
 * Orders of a file: the export of Shopify's admin (CSV), or orders of its Admin API (JSON).
 *
 * @param file its name for the reader
 * @param now unix milliseconds: a date after tomorrow is none
 * @throws FileProblem
 */
export async function* readOrders(
  bytes: AsyncIterable<Uint8Array>,
  file: string,
  now: number,
): AsyncGenerator<FileOrder> {
  const { head, whole } = await peekText(decodeText(bytes, file), (begun) => begun.trimStart() !== "");
  const first = head.trimStart().charAt(0);
  if (first === "") throw new FileProblem({ file }, "empty");
  if (first === "{" || first === "[") yield* readOrderObjects(splitJson(whole, file), file);
  else yield* readOrderTable(readTable(whole, file), file, now);
}
