import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

import type { Frame } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

/** What axe-core finds against WCAG 2.1 A and AA in a frame as it stands, serious and critical, one line each. */
export async function findAccessFaults(frame: Frame): Promise<readonly string[]> {
  await frame.evaluate(AXE);
  const results = await frame.evaluate(() =>
    (window as unknown as { axe: { run(of: Document, options: object): Promise<AxeResults> } }).axe.run(
      document,
      { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] },
    ),
  );
  return results.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 200)} (${node.failureSummary.slice(0, 200)})`),
    );
}
