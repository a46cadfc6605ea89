import { createHash } from "node:crypto";

import fc from "fast-check";
import { expect, it } from "vitest";

import { renderReport, type AuditReport } from "./render-report.ts";

const REPORT: AuditReport = {
  language: "de",
  title: "Audit of Acorn & Oak",
  agency: "North <Agency>",
  about: ["Orders of 1 to 26 November 2026"],
  findingsTitle: "What is wrong",
  noFindings: "Nothing that this audit can see.",
  findings: [
    {
      title: "Two event IDs for one order",
      severity: "critical",
      weight: "Critical · proven",
      facts: [{ name: "Since", value: "Nov 3, 2026" }],
      paragraphs: [{ name: "Why", value: "Meta counts it twice." }],
      evidenceTitle: "Evidence",
      evidence: ["Order #1001 of Nov 3"],
    },
  ],
  lists: [
    { title: "Cleared", empty: "None.", items: [{ title: "Every event has an ID", note: "(200 orders)" }] },
  ],
  days: {
    title: "By day",
    caption: "Paid orders by day",
    head: ["Day", "Paid"],
    rows: [["2026-11-03", "12"]],
  },
  notes: ["Amounts are in the shop's currency."],
};

it("is a whole document with everything that it is given, in its order", () => {
  const html = renderReport(REPORT);
  const places = [
    "<!doctype html>",
    "North &lt;Agency&gt;",
    "<h1>Audit of Acorn &amp; Oak</h1>",
    "What is wrong",
    "Critical · proven",
    "Two event IDs for one order",
    "<dt>Since</dt><dd>Nov 3, 2026</dd>",
    "<strong>Why</strong> Meta counts it twice.",
    "<li>Order #1001 of Nov 3</li>",
    "Cleared",
    'Every event has an ID <span class="quiet">(200 orders)</span>',
    '<th scope="col">Paid</th>',
    '<th scope="row">2026-11-03</th><td>12</td>',
    "Amounts are in the shop&#39;s currency.",
    "</html>",
  ].map((text) => html.indexOf(text));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

it("says what stands in place of findings and of a list's items", () => {
  const html = renderReport({
    ...REPORT,
    agency: null,
    findings: [],
    lists: [{ title: "Cleared", empty: "None.", items: [] }],
    days: null,
  });
  expect(html).toContain("Nothing that this audit can see.");
  expect(html).toContain("None.");
  expect(html).not.toContain("<table");
  expect(html).not.toContain('class="agency"');
});

it("loads nothing: its policy allows its own style alone", () => {
  const html = renderReport(REPORT);
  const style = /<style>([^]*?)<\/style>/.exec(html)?.[1] ?? "";
  const hash = createHash("sha256").update(style).digest("base64");
  expect(html).toContain(
    `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
  );
  expect(html).not.toMatch(/https?:|src=|href=|url\(|@import|<script/i);
});

it("has no text of ours in which a text of others is more than text", () => {
  const plain = tags(renderReport(withText("x")));
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const html = renderReport(withText(`${text}<script>alert(1)</script>"'>&`));
      expect(tags(html)).toBe(plain);
      expect(html.isWellFormed()).toBe(true);
    }),
  );
});

/** The document's tags, without what stands between them. */
function tags(html: string): string {
  return (
    html
      .replace(/<style>[^]*?<\/style>/, "")
      .match(/<[^>]*>/g)
      ?.join("") ?? ""
  );
}

function withText(text: string): AuditReport {
  const [finding] = REPORT.findings;
  return {
    language: "de",
    title: text,
    agency: text,
    about: [text],
    findingsTitle: text,
    noFindings: text,
    findings: finding
      ? [
          {
            ...finding,
            title: text,
            weight: text,
            facts: [{ name: text, value: text }],
            paragraphs: [{ name: text, value: text }],
            evidenceTitle: text,
            evidence: [text],
          },
        ]
      : [],
    lists: [{ title: text, empty: text, items: [{ title: text, note: text }] }],
    days: { title: text, caption: text, head: [text], rows: [[text]] },
    notes: [text],
  };
}
