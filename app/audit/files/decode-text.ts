import { FileProblem } from "./file-problem.ts";

type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** Enough for every byte order mark, and to see UTF-16 without one. */
const HEAD_BYTES = 64;

/**
 * A file's text, piece by piece: UTF-8 with or without a byte order mark, UTF-16 as spreadsheets write it. Bytes that are
 * neither stop it: what is read by guess would be other names and other amounts.
 *
 * @param file its name for the reader
 * @throws FileProblem `encoding` with line and column, `empty`
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<string> {
  let encoding: Encoding | undefined;
  let carry: Uint8Array = new Uint8Array(0);
  let line = 1;
  let column = 1;
  const decode = function* (piece: Uint8Array): Generator<string> {
    const text = decodePiece(piece, encoding ?? "utf-8", { file, line, column });
    const lastLine = text.lastIndexOf("\n");
    line += newlinesIn(text);
    column = lastLine < 0 ? column + text.length : text.length - lastLine;
    if (text !== "") yield text;
  };
  for await (const chunk of bytes) {
    carry = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    if (encoding === undefined) {
      if (carry.length < HEAD_BYTES) continue;
      const found = findEncoding(carry);
      ({ encoding } = found);
      carry = carry.subarray(found.mark);
    }
    const end = wholeCharacters(carry, encoding);
    yield* decode(carry.subarray(0, end));
    carry = carry.subarray(end);
  }
  if (encoding === undefined) {
    if (carry.length === 0) throw new FileProblem({ file }, "empty");
    const found = findEncoding(carry);
    ({ encoding } = found);
    carry = carry.subarray(found.mark);
  }
  yield* decode(carry);
}

function decodePiece(
  piece: Uint8Array,
  encoding: Encoding,
  place: { readonly file: string; readonly line: number; readonly column: number },
): string {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(piece);
  } catch {
    const read = new TextDecoder(encoding, { ignoreBOM: true }).decode(piece);
    const before = read.slice(0, Math.max(0, read.indexOf("\ufffd")));
    const line = place.line + newlinesIn(before);
    const lastLine = before.lastIndexOf("\n");
    const column = lastLine < 0 ? place.column + before.length : before.length - lastLine;
    throw new FileProblem({ file: place.file, line, column }, "encoding");
  }
}

function findEncoding(head: Uint8Array): { readonly encoding: Encoding; readonly mark: number } {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "utf-8", mark: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: "utf-16le", mark: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "utf-16be", mark: 2 };
  // The column names of these files are ASCII: in UTF-16 every other byte of them is zero.
  const zeros = (from: number) =>
    head.subarray(0, HEAD_BYTES).filter((byte, index) => index % 2 === from && byte === 0).length;
  const half = Math.min(head.length, HEAD_BYTES) / 2;
  if (zeros(1) > half * 0.8) return { encoding: "utf-16le", mark: 0 };
  if (zeros(0) > half * 0.8) return { encoding: "utf-16be", mark: 0 };
  return { encoding: "utf-8", mark: 0 };
}

/** Where the last whole character ends: the rest of it comes with the next piece. */
function wholeCharacters(bytes: Uint8Array, encoding: Encoding): number {
  const { length } = bytes;
  if (encoding !== "utf-8") {
    const even = length - (length % 2);
    const high = bytes[even - (encoding === "utf-16le" ? 1 : 2)] ?? 0;
    return high >= 0xd8 && high <= 0xdb ? even - 2 : even;
  }
  for (let back = 1; back <= Math.min(4, length); back += 1) {
    const byte = bytes[length - back] ?? 0;
    if (byte < 0x80) return length;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < needed ? length - back : length;
    }
  }
  return length;
}

function newlinesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
