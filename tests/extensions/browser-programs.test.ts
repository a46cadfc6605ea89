import { readFileSync } from "node:fs";
import vm from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import { run } from "../../bench/extensions.ts";
import { BROWSER_PROGRAMS, bundle } from "../../scripts/build-extensions.ts";

type Sizes = Record<string, { raw: number; gzip: number }>;
let sizes: Sizes;
const texts = new Map<string, string>();

beforeAll(async () => {
  sizes = (await run()) as Sizes;
  for (const program of BROWSER_PROGRAMS) texts.set(program.name, await bundle(program));
});

describe("what a visitor downloads", () => {
  // 3.5 kB (docs/decisions/0624), 2 kB (0821) and 8 kB gzip (0839). Theme check warns from 10,000 bytes raw.
  it("is at most 3.5 kB on the storefront", () => {
    expect(sizes["storefront-pixel"]?.gzip).toBeLessThanOrEqual(3500);
    expect(sizes["storefront-pixel"]?.raw).toBeLessThan(10_000);
  });

  it("is at most 2 kB more where a heartbeat is due", () => {
    expect(sizes["storefront-heartbeat"]?.gzip).toBeLessThanOrEqual(2000);
  });

  it("is at most 8 kB in the web pixel", () => {
    expect(sizes["checkout-pixel"]?.gzip).toBeLessThanOrEqual(8000);
  });
});

it.each(["storefront-pixel", "storefront-heartbeat"])(
  "the committed theme asset of %s is what the sources build: run scripts/build-extensions.ts",
  (name) => {
    const program = BROWSER_PROGRAMS.find((each) => each.name === name);
    expect(readFileSync(program?.file ?? "", "utf8")).toBe(texts.get(name));
  },
);

it("the web pixel registers itself the way Shopify's sandbox expects, and touches nothing else at load", () => {
  const extended: unknown[][] = [];
  const shopify = { extend: (...call: unknown[]) => extended.push(call) };
  vm.runInNewContext(texts.get("checkout-pixel") ?? "", { shopify });
  expect(extended).toEqual([["WebPixel::Render", expect.any(Function)]]);
});

it("no program evaluates text or writes HTML", () => {
  for (const text of texts.values())
    expect(text).not.toMatch(/\beval\(|new Function|innerHTML|document\.write/);
});
