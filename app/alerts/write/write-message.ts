import { writeNumber } from "../../quality/write-number.ts";
import { sayText } from "../../texts/texts.ts";
import "../../texts/areas/alerts.ts";
import type { AlertFinding } from "./alert-finding.ts";
import { describeFinding, type DescribedFinding } from "./describe-finding.ts";

/** What a message is about. */
export interface MessageInput {
  readonly store: {
    /** "name.myshopify.com" */
    readonly shop: string;
    readonly name: string | null;
    readonly currency: string | null;
  };
  /** Of the audit page in the store's admin. */
  readonly auditUrl: string;
  /** The worst first; empty for a test. */
  readonly findings: readonly AlertFinding[];
}

/** A message in words, before it becomes an e-mail or JSON: plain text, nothing of it escaped. */
export interface WrittenMessage {
  readonly subject: string;
  readonly lead: string;
  readonly findings: readonly DescribedFinding[];
  readonly auditUrl: string;
  readonly why: string;
}

const LONGEST_NAME = 60;
const LONGEST_SUBJECT = 180;

/** A message's words: which store, the worst finding in the subject, each finding with what to do. */
export function writeMessage({ store, auditUrl, findings }: MessageInput): WrittenMessage {
  const name = storeName(store.name ?? "") || store.shop;
  const described = findings.map((each) => describeFinding(each, store.currency));
  const why = sayText({ key: "alerts.message.why" });
  const [worst] = findings;
  if (worst === undefined)
    return {
      subject: oneLine(
        sayText({ key: "alerts.message.testSubject", values: { store: name } }),
        LONGEST_SUBJECT,
      ),
      lead: sayText({ key: "alerts.message.testText", values: { store: name } }),
      findings: [],
      auditUrl,
      why,
    };
  const isMended = worst.change === "mended";
  const found = described[0]?.title ?? "";
  const title = isMended ? sayText({ key: "alerts.message.subjectMended", values: { title: found } }) : found;
  const more = findings.length - 1;
  const values = { store: name, title, count: more, number: writeNumber(more) };
  return {
    subject: oneLine(
      sayText({ key: more === 0 ? "alerts.message.subject" : "alerts.message.subjectMore", values }),
      LONGEST_SUBJECT,
    ),
    lead: sayText({ key: isMended ? "alerts.message.leadMended" : "alerts.message.lead", values }),
    findings: described,
    auditUrl,
    why,
  };
}

/** A text that cannot end a header's line: without control characters, and of bounded length. */
export function oneLine(text: string, longest: number): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** A store's name as it stands within a sentence: nothing in it turns the text around it, or hides in it. */
function storeName(name: string): string {
  return oneLine(
    name.replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu, ""),
    LONGEST_NAME,
  );
}
