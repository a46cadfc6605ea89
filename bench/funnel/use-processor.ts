/**
 * A stranger's work: keeps a processor busy for a share of the time, in pieces, until it is ended.
 * `node use-processor.ts SHARE PIECE_MS`
 */
import process from "node:process";

const [share = 0, pieceMs = 10] = process.argv.slice(2).map(Number);
const restMs = share > 0 ? (pieceMs * (1 - share)) / share : Infinity;

function work(): void {
  const end = performance.now() + pieceMs;
  while (performance.now() < end);
  setTimeout(work, restMs);
}
if (Number.isFinite(restMs)) work();
