import type { AccessToken } from "./graph/access-tokens.ts";
import type { TallyBooks } from "./quality/quality-tally.ts";
import type { NewCopy } from "./receive/dedup-ledger.ts";
import type { SandboxWorld } from "./sandbox-world.ts";

/** What Meta knows of its datasets, for another start of the sandbox. Full payloads and the journal are not part of it. */
export interface MetaBooks {
  readonly datasets: readonly {
    readonly id: string;
    readonly name: string;
    /** In the order in which they came; repeats beyond the twenty that are listed are not part of it. */
    readonly copies: readonly {
      readonly name: string;
      readonly id: string | undefined;
      readonly copy: NewCopy;
    }[];
    readonly quality: TallyBooks;
  }[];
  readonly tokens: readonly AccessToken[];
}

export function takeMetaBooks(world: SandboxWorld): MetaBooks {
  return {
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
  };
}

/** Judges the copies again, as if they had come before anything else. */
export function putMetaBooks(world: SandboxWorld, { datasets, tokens }: MetaBooks): void {
  for (const token of tokens) world.tokens.add(token);
  for (const { id, name, copies, quality } of datasets) {
    const dataset = world.addDataset({ id, name });
    for (const each of copies) world.count(dataset, each);
    dataset.quality.put(quality);
  }
}
