/** A file's bytes in pieces of a few, so that every reader meets each border between two pieces. */
export async function* inPieces(content: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Everything that a reader yields. */
export async function listOf<Each>(each: AsyncIterable<Each>): Promise<readonly Each[]> {
  const list: Each[] = [];
  for await (const one of each) list.push(one);
  return list;
}
