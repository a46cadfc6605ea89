import { writeSentences } from "../../texts/conventions.ts";
import { sayText } from "../../texts/texts.ts";
import "../../texts/areas/alerts.ts";
import type { AlertFinding } from "./alert-finding.ts";
import type { MessageInput, WrittenMessage } from "./write-message.ts";

/** Slack takes 3,000 characters a section and 50 blocks; what is more stands in the audit page. */
const LONGEST_SECTION = 2_900;
const MOST_SECTIONS = 20;

/** For programs, beside what people read in Slack. Times are ISO 8601. */
interface MachinePart {
  readonly version: 1;
  /** The same for each try of one message: by it a receiver tells a repeat. */
  readonly id: string;
  readonly type: "findings" | "test";
  readonly shop: string;
  readonly decidedAt: string;
  readonly auditUrl: string;
  readonly findings: readonly (AlertFinding & { readonly title: string; readonly mend: string | null })[];
}

/**
 * A message as Slack's incoming webhooks take it (`text`, `blocks`), and beside it `tandem`: Slack takes a payload that has
 * `text` with other fields beside it (hastic-zzz/hastic-server issue 708).
 *
 * @param decidedAt unix milliseconds
 */
export function writeWebhook(
  input: MessageInput,
  message: WrittenMessage,
  meta: { readonly id: string; readonly decidedAt: number },
): string {
  const sections = message.findings
    .slice(0, MOST_SECTIONS)
    .map(({ label, title, facts, mend }) =>
      [
        escapeSlack(label),
        `*${escapeSlack(title)}*`,
        escapeSlack(writeSentences(facts)),
        mend === null ? "" : escapeSlack(sayText({ key: "alerts.message.mend", values: { mend } })),
      ]
        .filter(Boolean)
        .join("\n"),
    );
  const link = `<${escapeSlack(message.auditUrl)}|${escapeSlack(sayText({ key: "alerts.message.linkName" }))}>`;
  const machine: MachinePart = {
    version: 1,
    id: meta.id,
    type: input.findings.length === 0 ? "test" : "findings",
    shop: input.store.shop,
    decidedAt: new Date(meta.decidedAt).toISOString(),
    auditUrl: input.auditUrl,
    findings: input.findings.map((finding, index) => ({
      ...finding,
      title: message.findings[index]?.title ?? finding.code,
      mend: message.findings[index]?.mend ?? null,
    })),
  };
  return JSON.stringify({
    text: escapeSlack(message.subject),
    blocks: [message.lead].map(escapeSlack).concat(sections, link).map(section),
    tandem: machine,
  });
}

const section = (text: string) => ({
  type: "section",
  text: { type: "mrkdwn", text: text.length > LONGEST_SECTION ? `${text.slice(0, LONGEST_SECTION)}…` : text },
});

/** Slack's three control characters: without them nobody can be called (`<!channel>`) and no link be made. */
function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
