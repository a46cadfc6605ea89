import type { SandboxWorld } from "./sandbox-world.ts";

/**
 * What Meta knows of its datasets, for another start of the sandbox: copies in the order in which they came. Full payloads,
 * the journal, and repeats beyond the twenty that are listed are not part of it.
 */
export const takeMetaBooks = (world: SandboxWorld) => ({
  tokens: world.tokens.all(),
  datasets: world.datasets().map(({ id, name, ledger, quality }) => ({
    id,
    name,
    copies: [...ledger.events()]
      .flatMap((event) => event.copies.map(({ seq, outcome: _judged, ...copy }) => ({ seq, event, copy })))
      .sort((one, other) => one.seq - other.seq)
      .map(({ event, copy }) => ({ name: event.name, id: event.id, copy })),
    quality: quality.take(),
  })),
});
export type MetaBooks = ReturnType<typeof takeMetaBooks>;

/** Judges the copies again, as if they had come before anything else. */
export function putMetaBooks(world: SandboxWorld, { datasets, tokens }: MetaBooks): void {
  for (const token of tokens) world.tokens.add(token);
  for (const { id, name, copies, quality } of datasets) {
    const dataset = world.addDataset({ id, name });
    for (const each of copies) world.count(dataset, each);
    dataset.quality.put(quality);
  }
}
