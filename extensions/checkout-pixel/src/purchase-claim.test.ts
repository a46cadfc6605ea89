import { createHash } from "node:crypto";

import { describe, expect, it } from "vitest";

import { forbiddenStorage, memoryStorage } from "#tests/extensions/fake-checkout.ts";
import type { AsyncStorage } from "./pixel-surroundings.ts";
import { claimPurchase, isClaimed } from "./purchase-claim.ts";

const TOKEN = "Z2NwLXVzLWVhc3QxOjAxSlE0";
const KEY = `tandem:purchase:${createHash("sha256").update(TOKEN).digest("hex")}`;
/** As programs before version 1.2.0 wrote it. */
const OLD_KEY = `tandem:purchase:${TOKEN}`;

describe("the mark of a fired checkout", () => {
  it("holds a digest of the checkout's token and not the token", async () => {
    const values = new Map<string, string>();
    expect(await claimPurchase([memoryStorage(values)], TOKEN, "sh-0001:1")).toBe("mine");
    expect([...values]).toEqual([[KEY, "sh-0001:1"]]);
    expect(JSON.stringify([...values])).not.toContain(TOKEN);
    expect(await claimPurchase([memoryStorage(values)], TOKEN, "sh-0002:2")).toBe("taken");
    expect(await isClaimed([memoryStorage(values)], "another-token")).toBe(false);
  });

  it("of an earlier version counts once more and is replaced, in whichever storage it stands", async () => {
    for (const place of [0, 1]) {
      const both = [new Map<string, string>(), new Map<string, string>()];
      both[place]?.set(OLD_KEY, "sh-0001:1").set("tandem:purchase:of-another", "2");
      const storages = both.map((values) => memoryStorage(values));
      expect(await claimPurchase(storages, TOKEN, "sh-0002:2")).toBe("taken");
      expect(both[place]).toEqual(
        new Map([
          ["tandem:purchase:of-another", "2"],
          [KEY, "sh-0001:1"],
        ]),
      );
      expect(await isClaimed(storages, TOKEN)).toBe(true);
    }
  });

  it("of an earlier version counts also where it cannot be replaced", async () => {
    const full: AsyncStorage = {
      ...memoryStorage(new Map([[OLD_KEY, "sh-0001:1"]])),
      setItem: () => Promise.reject(new Error("QuotaExceededError")),
    };
    expect(await isClaimed([full, forbiddenStorage], TOKEN)).toBe(true);
    expect(await full.getItem(OLD_KEY)).toBe("sh-0001:1");
  });
});
