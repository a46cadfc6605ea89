import { redactText } from "../../platform/process/log.server.ts";
import type { SendProblem } from "./send-problems.ts";

export type SendOutcome =
  | { readonly kind: "sent"; readonly answer: string }
  | {
      readonly kind: "failed";
      readonly problem: SendProblem;
      /** What the other side said, as `shortAnswer` gives it. */
      readonly answer: string;
      /** False where a second try would end the same. */
      readonly again: boolean;
    };

const LONGEST_ANSWER = 200;

/** What the other side said, short, on one line, without anything that looks like an e-mail address or a token. */
export function shortAnswer(text: string): string {
  const line = redactText(text.slice(0, 4 * LONGEST_ANSWER))
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
  return line.length > LONGEST_ANSWER ? `${line.slice(0, LONGEST_ANSWER)}…` : line;
}

export function failed(problem: SendProblem, answer = "", again = true): SendOutcome {
  return { kind: "failed", problem, answer: shortAnswer(answer), again };
}

/** Whether Node's code of an error says that no secure connection came about: nothing was sent then. */
export function isTlsCode(code: string): boolean {
  return /^ERR_TLS|^CERT_|^ERR_SSL|SIGNED|ISSUER|^UNABLE_TO_|^EPROTO$/.test(code);
}
