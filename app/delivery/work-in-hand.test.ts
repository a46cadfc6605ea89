import { describe, expect, it } from "vitest";

import { createWorkInHand, type Work } from "./work-in-hand.ts";

const LIMITS = { concurrency: 3, perDataset: 2, eventsInFlight: 100 };

function work(datasetId: bigint, events: number, done: Promise<void> = Promise.resolve()): Work {
  return { datasetId, events, leaseToken: `claim:${datasetId}`, done };
}

describe("work in hand", () => {
  it("leaves room for what is not yet taken", () => {
    const inHand = createWorkInHand(LIMITS);
    inHand.add(work(1n, 40));

    expect(inHand.room()).toEqual({ lanes: 2, deliveries: 60 });
    expect(inHand.isEmpty()).toBe(false);
  });

  it("has no room at all when either bound is reached, and has it again", () => {
    const inHand = createWorkInHand(LIMITS);
    const large = work(1n, 100);
    inHand.add(large);
    expect(inHand.room()).toEqual({ lanes: 0, deliveries: 0 });

    inHand.remove(large);
    expect(inHand.room()).toEqual({ lanes: 3, deliveries: 100 });

    for (const dataset of [1n, 2n, 3n]) inHand.add(work(dataset, 1));
    expect(inHand.room()).toEqual({ lanes: 0, deliveries: 0 });
  });

  it("names the datasets that have all their requests, and the leases in use", () => {
    const inHand = createWorkInHand(LIMITS);
    inHand.add(work(1n, 1));
    inHand.add(work(2n, 1));
    inHand.add(work(2n, 1));

    expect(inHand.busy()).toEqual([2n]);
    expect(inHand.leaseTokens()).toEqual(["claim:1", "claim:2", "claim:2"]);
  });

  it("is done when all is", async () => {
    const inHand = createWorkInHand(LIMITS);
    const order: string[] = [];
    let finish = () => {};
    inHand.add(
      work(
        1n,
        1,
        new Promise((resolve) => {
          finish = resolve;
        }),
      ),
    );
    const done = inHand.done().then(() => order.push("done"));
    order.push("finish");
    finish();
    await done;

    expect(order).toEqual(["finish", "done"]);
  });
});
