import { writeSentences } from "../../texts/conventions.ts";
import { currentLanguage } from "../../texts/language.ts";
import { sayText } from "../../texts/texts.ts";
import "../../texts/areas/alerts.ts";
import type { WrittenMessage } from "./write-message.ts";

export interface WrittenMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A message as an e-mail: plain text, and the same as simple HTML without pictures, scripts or anything to load. */
export function writeMail(message: WrittenMessage): WrittenMail {
  const { subject, lead, findings, auditUrl, why } = message;
  const parts = findings.map(({ label, title, facts, mend }) => ({
    label,
    title,
    facts: writeSentences(facts),
    mend: mend === null ? "" : sayText({ key: "alerts.message.mend", values: { mend } }),
  }));
  const text = [
    lead,
    ...parts.map(({ label, title, facts, mend }) => [label, title, facts, mend].filter(Boolean).join("\n")),
    sayText({ key: "alerts.message.link", values: { url: auditUrl } }),
    why,
  ].join("\n\n");
  const html = [
    `<p>${escapeHtml(lead)}</p>`,
    ...parts.map(
      ({ label, title, facts, mend }) =>
        `<p>${[
          `<small>${escapeHtml(label)}</small>`,
          `<strong>${escapeHtml(title)}</strong>`,
          ...[facts, mend].filter(Boolean).map(escapeHtml),
        ].join("<br>\n")}</p>`,
    ),
    `<p><a href="${escapeHtml(auditUrl)}">${escapeHtml(sayText({ key: "alerts.message.linkName" }))}</a></p>`,
    `<p><small>${escapeHtml(why)}</small></p>`,
  ].join("\n");
  return {
    subject,
    text: `${text}\n`,
    html: `<!doctype html>\n<html lang="${currentLanguage()}"><body style="font-family: sans-serif; line-height: 1.5">\n${html}\n</body></html>\n`,
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}
