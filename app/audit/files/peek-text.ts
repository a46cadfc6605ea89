/** The beginning of a text, and the whole of it to read on. */
export interface PeekedText {
  /** At least so many characters, where the text has them. */
  readonly head: string;
  readonly whole: AsyncIterable<string>;
}

/** Reads ahead until `isEnough` of the beginning is there. */
export async function peekText(
  text: AsyncIterable<string>,
  isEnough: (head: string) => boolean,
): Promise<PeekedText> {
  const pieces = text[Symbol.asyncIterator]();
  let head = "";
  let isOver = false;
  while (!isOver && !isEnough(head)) {
    const next = await pieces.next();
    if (next.done) isOver = true;
    else head += next.value;
  }
  return {
    head,
    whole: {
      async *[Symbol.asyncIterator]() {
        try {
          yield head;
          for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
        } finally {
          await pieces.return?.();
        }
      },
    },
  };
}
