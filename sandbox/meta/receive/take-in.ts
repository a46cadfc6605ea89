import type { SandboxWorld } from "../sandbox-world.ts";
import type { Dataset } from "./dataset.ts";
import type { NewCopy } from "./dedup-ledger.ts";

/** Takes one accepted copy into the ledger, the sums, the quality tally and the payloads. */
export function takeIn(
  world: SandboxWorld,
  dataset: Dataset,
  name: string,
  id: string | undefined,
  copy: NewCopy,
  payload: unknown,
  forQuality: boolean,
): void {
  const seq = world.nextCopySeq();
  const judgement = dataset.ledger.receive(name, id, seq, copy);
  dataset.count(name, copy.channel, judgement.copy.outcome, copy.testCode !== undefined);
  if (forQuality) {
    dataset.quality.add(name, copy.receivedAt, {
      channel: copy.channel,
      identityMask: copy.identityMask,
      hasEventId: id !== undefined,
      met: judgement.met,
      delaySeconds: Math.max(0, copy.receivedAt / 1000 - copy.eventTime),
    });
  }
  world.payloads.push({ seq, dataset: dataset.id, channel: copy.channel, name, id: id ?? null, payload });
}
