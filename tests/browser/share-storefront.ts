import { afterAll, afterEach, beforeAll, expect } from "vitest";

import { openStorefront, type Storefront, type StorefrontOptions, type Visitor } from "./open-storefront.ts";

/**
 * One shop for a test file. Visitors leave after each test, and an error in the console of any of their pages fails it.
 */
export function shareStorefront(options: StorefrontOptions = {}): () => Storefront {
  let storefront: Storefront | undefined;
  const visitors: Visitor[] = [];
  const current = (): Storefront => {
    if (!storefront) throw new Error("the shop is open during tests only");
    return storefront;
  };
  beforeAll(async () => {
    const opened = await openStorefront(options);
    storefront = {
      ...opened,
      visit: async (...wish) => {
        const visitor = await opened.visit(...wish);
        visitors.push(visitor);
        return visitor;
      },
    };
  });
  afterEach(async () => {
    const left = visitors.splice(0);
    const problems = left.flatMap((visitor) => visitor.problems());
    for (const visitor of left) await visitor.close();
    expect(problems).toEqual([]);
  });
  afterAll(() => storefront?.close());
  return current;
}
