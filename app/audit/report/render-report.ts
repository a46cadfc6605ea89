import { createHash } from "node:crypto";

import type { Severity } from "../check.ts";
import { REPORT_STYLE } from "./report-style.ts";

/** A fact of a finding, such as "Since" and "Nov 3, 2026". */
export interface ReportFact {
  readonly name: string;
  readonly value: string;
}

/** A finding with its texts said: nothing of it is written here. */
export interface ReportFinding {
  readonly title: string;
  readonly severity: Severity;
  /** Severity and certainty in words, such as "Critical · proven": the colour says nothing by itself. */
  readonly weight: string;
  /** Since when, how many orders, what they are worth. */
  readonly facts: readonly ReportFact[];
  /** Why it matters, how to mend it, what good looks like: a heading and its text each. */
  readonly paragraphs: readonly ReportFact[];
  readonly evidenceTitle: string;
  readonly evidence: readonly string[];
}

export interface ReportList {
  readonly title: string;
  /** What stands in place of an empty list. */
  readonly empty: string;
  readonly items: readonly { readonly title: string; readonly note?: string }[];
}

export interface ReportTable {
  readonly title: string;
  readonly caption: string;
  readonly head: readonly string[];
  /** As many cells as the head; the first names the row. */
  readonly rows: readonly (readonly string[])[];
}

export interface AuditReport {
  /** That the texts are in, as BCP 47 names it. */
  readonly language: string;
  readonly title: string;
  /** The agency whose report it is; null = none is named. */
  readonly agency: string | null;
  /** What was looked at and when, a line each. */
  readonly about: readonly string[];
  readonly findingsTitle: string;
  readonly noFindings: string;
  /** Worst first, as they are given. */
  readonly findings: readonly ReportFinding[];
  /** Confirmed, cleared, not testable; when findings opened and were mended. */
  readonly lists: readonly ReportList[];
  /** By day; null where there is nothing by day. */
  readonly days: ReportTable | null;
  /** What the reader must know of the figures, below everything. */
  readonly notes: readonly string[];
}

/**
 * The audit as one HTML file that needs nothing else: no script, no address that a browser would load, a content security
 * policy that forbids both, and every text escaped. Made to be read on a screen, mailed and printed on A4. Pure.
 *
 * @returns a whole document, UTF-8
 */
export function renderReport(report: AuditReport): string {
  const policy = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="${escape(report.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${escape(report.title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<header>
${report.agency === null ? "" : `<p class="agency">${escape(report.agency)}</p>\n`}<h1>${escape(report.title)}</h1>
${report.about.map((line) => `<p class="quiet">${escape(line)}</p>`).join("\n")}
</header>
<main>
<section>
<h2>${escape(report.findingsTitle)}</h2>
${report.findings.length === 0 ? `<p>${escape(report.noFindings)}</p>` : report.findings.map(renderFinding).join("\n")}
</section>
${report.lists.map(renderList).join("\n")}
${report.days === null ? "" : renderTable(report.days)}
</main>
<footer>
${report.notes.map((note) => `<p class="quiet">${escape(note)}</p>`).join("\n")}
</footer>
</body>
</html>
`;
}

const STYLE_HASH = createHash("sha256").update(REPORT_STYLE).digest("base64");

function renderFinding(finding: ReportFinding): string {
  const facts = finding.facts.map(({ name, value }) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`);
  const paragraphs = finding.paragraphs.map(
    ({ name, value }) => `<p><strong>${escape(name)}</strong> ${escape(value)}</p>`,
  );
  const evidence = finding.evidence.map((line) => `<li>${escape(line)}</li>`);
  return `<article class="finding ${finding.severity}">
<p class="tag">${escape(finding.weight)}</p>
<h3>${escape(finding.title)}</h3>
${facts.length === 0 ? "" : `<dl>${facts.join("")}</dl>`}
${paragraphs.join("\n")}
${evidence.length === 0 ? "" : `<p><strong>${escape(finding.evidenceTitle)}</strong></p>\n<ul>${evidence.join("")}</ul>`}
</article>`;
}

function renderList({ title, empty, items }: ReportList): string {
  const entries = items.map(
    ({ title: name, note }) =>
      `<li>${escape(name)}${note === undefined ? "" : ` <span class="quiet">${escape(note)}</span>`}</li>`,
  );
  return `<section>
<h2>${escape(title)}</h2>
${entries.length === 0 ? `<p class="quiet">${escape(empty)}</p>` : `<ul>${entries.join("")}</ul>`}
</section>`;
}

function renderTable({ title, caption, head, rows }: ReportTable): string {
  const cells = (row: readonly string[]) =>
    row
      .map((cell, index) =>
        index === 0 ? `<th scope="row">${escape(cell)}</th>` : `<td>${escape(cell)}</td>`,
      )
      .join("");
  return `<section>
<h2>${escape(title)}</h2>
<div class="wide"><table>
<caption>${escape(caption)}</caption>
<thead><tr>${head.map((name) => `<th scope="col">${escape(name)}</th>`).join("")}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${cells(row)}</tr>`).join("\n")}
</tbody>
</table></div>
</section>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For content and quoted attributes. Controls and halves of a character have no place in a document. */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, " ")
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? "");
}
