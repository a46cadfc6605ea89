/**
 * npm run audit -- --orders FILE [--events FILE] [--html FILE] [--agency NAME] [--json]
 *
 * The audit for a shop that has not installed Tandem, from an export of its orders and one of Meta's events
 * (docs/audit-from-files.md). Works on files alone: no database, no environment, no network.
 *
 * Exit 0: an answer was printed, with findings or without. Exit 1: a file cannot be read; one line on stderr names file, line
 * and column. Exit 2: wrong use.
 */
import { realpathSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { auditFiles, type FilesAudited } from "#app/audit/files/audit-files.server.ts";
import { factsOf, weightOf } from "#app/audit/files/report-from-files.ts";
import { renderReport } from "#app/audit/report/render-report.ts";

import { readCommand, type CommandText } from "./command-line/read-command.ts";

const AUDIT: CommandText = {
  typed: "npm run audit",
  does: "Audits a shop that has not installed Tandem, from an export of its orders and one of Meta's events.",
  takes: "some seconds; half a minute for a million orders",
  options: [
    { flags: "--orders <file>", does: "Shopify's export of orders (CSV), or orders of its Admin API (JSON)" },
    {
      flags: "--events <file>",
      does: "Meta's Events Manager export (CSV), or a log of Conversions API requests (JSON)",
    },
    { flags: "--html <file>", does: "writes the report as one HTML file, to read, mail and print" },
    { flags: "--agency <name>", does: "stands on the report as its maker" },
    { flags: "--json", does: "prints the findings as JSON instead of text" },
  ],
  more: "Exit 0: done, with findings or without. Exit 1: a file cannot be read. Exit 2: wrong use.",
};

export interface AuditOutcome {
  readonly exitCode: 0 | 1 | 2;
  readonly output: string;
}

/** The command without its process, so that tests can call it. */
export async function runAudit(
  args: readonly string[],
  options: {
    readonly now: number;
    readonly onProgress?: (file: string, share: number) => void;
  },
): Promise<AuditOutcome> {
  const read = readCommand(AUDIT, args);
  if (read.kind === "said")
    return { ...read, output: read.exitCode === 0 ? read.output : `audit: ${read.output}` };
  const textOf = (name: string) => {
    const value = read.options[name];
    return typeof value === "string" ? value : null;
  };
  const [orders, html] = [textOf("orders"), textOf("html")];
  if (orders === null)
    return {
      exitCode: 2,
      output: "audit: --orders FILE is missing (npm run audit -- --help says what there is)",
    };
  const audited = await auditFiles({
    orders,
    events: textOf("events"),
    agency: textOf("agency"),
    ...options,
  });
  if (audited.kind === "problem") return { exitCode: 1, output: `audit: ${audited.words}` };
  if (html !== null) {
    try {
      writeFileSync(html, renderReport(audited.report));
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
      return { exitCode: 1, output: `audit: the report cannot be written to ${html} (${code})` };
    }
  }
  return { exitCode: 0, output: read.options["json"] === true ? asJson(audited) : asText(audited) };
}

type Audited = Extract<FilesAudited, { readonly kind: "audited" }>;

function asJson({ files, verdicts }: Audited): string {
  return JSON.stringify(
    {
      orders: files.orders.length,
      orderDays: files.orderDays,
      purchases: files.purchases,
      eventDays: files.eventDays,
      findings: verdicts.findings.map(({ code, failure, title, evidence }) => ({
        code,
        severity: failure.severity,
        certainty: failure.certainty,
        since: failure.since,
        orders: failure.orders,
        worth: failure.worth,
        title,
        values: failure.values,
        evidence,
      })),
      cleared: verdicts.cleared.map(({ code }) => code),
      untestable: verdicts.untestable.map(({ code, why }) => ({ code, why })),
    },
    null,
    2,
  );
}

function asText({ report, verdicts }: Audited): string {
  const findings = verdicts.findings.flatMap((finding, index) => [
    "",
    `${index + 1}. ${finding.title}`,
    `   ${[weightOf(finding), ...factsOf(finding).map(({ name, value }) => `${name}: ${value}`)].join(" · ")}`,
    `   ${finding.why}`,
    `   ${finding.mend}`,
    ...finding.evidence.map((line) => `   - ${line}`),
  ]);
  const lists = report.lists
    .slice(1)
    .flatMap(({ title, items, empty }) => [
      "",
      title,
      ...(items.length === 0
        ? [`  ${empty}`]
        : items.map((item) => `  - ${item.title}${item.note === undefined ? "" : ` ${item.note}`}`)),
    ]);
  return [
    report.title,
    ...report.about,
    "",
    report.findingsTitle,
    ...(findings.length === 0 ? [report.noFindings] : findings),
    ...lists,
    "",
    ...report.notes,
  ].join("\n");
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { exitCode, output } = await runAudit(process.argv.slice(2), {
    now: Date.now(),
    onProgress: (file, share) => {
      process.stderr.write(`${file}: ${Math.round(share * 100)} %\n`);
    },
  });
  if (exitCode === 0) console.log(output);
  else console.error(output);
  process.exitCode = exitCode;
}
