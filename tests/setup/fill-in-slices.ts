/** Rows of one statement. The app's connections end a statement after twenty seconds, which 100,000 orders can take. */
const SLICE = 5_000;

/**
 * Writes many rows by statements that each end soon, so that no fixture depends on how fast a machine is.
 *
 * @param write gets the number of the first and of the last row of a slice, both included
 */
export async function fillInSlices(
  rows: { readonly from: number; readonly count: number },
  write: (first: number, last: number) => Promise<unknown>,
): Promise<void> {
  const end = rows.from + rows.count;
  for (let first = rows.from; first < end; first += SLICE)
    await write(first, Math.min(first + SLICE, end) - 1);
}
