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

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Those that judge where things lie on the screen; the others judge elements, and whether they are shown. */
const RULES_OF_LAYOUT = ["color-contrast", "target-size", "scrollable-region-focusable"];

/**
 * What axe-core finds against WCAG 2.2 A and AA and its own best practices in a page as it stands, of any weight, and
 * what is too small to be hit, one line each.
 *
 * @param options.asks "layout": only what the width of the window may change
 */
export async function findAccessFaults(
  frame: Frame,
  { asks = "all" }: { readonly asks?: "all" | "layout" } = {},
): Promise<readonly string[]> {
  if (!(await frame.evaluate(() => "axe" in window))) await frame.evaluate(AXE);
  const results = await frame.evaluate(
    (asked) =>
      (window as unknown as { axe: { run(of: Document, options: object): Promise<AxeResults> } }).axe.run(
        document,
        { ...asked, resultTypes: ["violations"] },
      ),
    asks === "all"
      ? { runOnly: RULES, rules: { "target-size": { enabled: true } } }
      : { runOnly: { type: "rule", values: RULES_OF_LAYOUT } },
  );
  const faults = results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 200)} (${node.failureSummary.slice(0, 200)})`),
  );
  return [...faults, ...(await findSmallTargets(frame))];
}

/**
 * What can be pressed and is less than 24 px high or wide (WCAG 2.5.8), though axe lets it pass where it has room around
 * it. A link within a sentence is as high as its line; a hidden box is pressed by its label.
 */
function findSmallTargets(frame: Frame): Promise<readonly string[]> {
  return frame.evaluate(() => {
    const small: string[] = [];
    for (const each of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
      if (!each.checkVisibility({ visibilityProperty: true }) || isInSentence(each)) continue;
      const boxes = [each, each.closest("label")].map((part) => part?.getBoundingClientRect());
      const sizes = boxes.map((box) => [Math.round(box?.width ?? 0), Math.round(box?.height ?? 0)] as const);
      // Read out, not shown.
      if (sizes[0]?.every((size) => size <= 1)) continue;
      if (!sizes.some(([width, height]) => width >= 24 && height >= 24))
        small.push(`smaller than 24 px: ${sizes[0]?.join(" x ")} ${each.outerHTML.slice(0, 160)}`);
    }
    return small;

    function isInSentence(part: Element): boolean {
      if (part.tagName !== "A" && part.tagName !== "BUTTON") return false;
      const around = [...(part.closest("p, li, span.Polaris-Text--root")?.childNodes ?? [])];
      return around.some(
        (node) => node !== part && node.nodeType === Node.TEXT_NODE && /\w/.test(node.nodeValue ?? ""),
      );
    }
  });
}
