import { setTimeout as sleep } from "node:timers/promises";

import { createTransport } from "nodemailer";

import type { MailSettings } from "./mail-settings.ts";
import { failed, isTlsCode, shortAnswer, type SendOutcome } from "./send-outcome.server.ts";

export interface Mail {
  /** One address, as `readEmailAddress` gives it. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for each try of one message, so that a mail program can show a repeat as one. */
  readonly messageId: string;
}

/** Never throws for anything that the wire or the mail server does. */
export type SendMail = (mail: Mail) => Promise<SendOutcome>;

export interface MailSenderOptions {
  /** Milliseconds for one step of the conversation, and for all of it. For tests. */
  readonly stepMs?: number;
  readonly allMs?: number;
}

/** A process that is told to end waits for what is under way. */
const STEP_MS = 8_000;
const ALL_MS = 15_000;

/** Sends through the operator's mail server, over TLS unless it is on this machine. */
export function createMailSender(settings: MailSettings, options: MailSenderOptions = {}): SendMail {
  const { stepMs = STEP_MS, allMs = ALL_MS } = options;
  return async (mail) => {
    const transport = createTransport({
      host: settings.host,
      port: settings.port,
      secure: settings.secure,
      ...(settings.secure
        ? {}
        : settings.isThisMachine
          ? { ignoreTLS: true as const }
          : { requireTLS: true as const }),
      ...(settings.login === null ? {} : { auth: settings.login }),
      connectionTimeout: stepMs,
      greetingTimeout: stepMs,
      socketTimeout: stepMs,
      dnsTimeout: stepMs,
      // A text is a text: nothing of a message names a file or an address to read.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const over = new AbortController();
    try {
      const sent = transport.sendMail({
        from: settings.from,
        to: { name: "", address: mail.to },
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        messageId: mail.messageId,
        headers: { "auto-submitted": "auto-generated" },
      });
      const answer = await Promise.race([sent, sleep(allMs, undefined, { signal: over.signal })]);
      return answer === undefined
        ? failed("timeout")
        : { kind: "sent", answer: shortAnswer(answer.response) };
    } catch (error) {
      return judgeError(error);
    } finally {
      over.abort();
      transport.close();
    }
  };
}

/** What the library says of a failure: its own code, the system's or TLS's, and what the server answered. */
interface SmtpError {
  readonly code: string;
  readonly originalCode: string;
  readonly responseCode: number;
  readonly response: string;
}

function judgeError(error: unknown): SendOutcome {
  const { code, originalCode, responseCode, response } = readError(error);
  if (code === "EAUTH") return failed("login", response);
  // RFC 5321, section 4.2.1: 5xx will be the same the next time, 4xx may not.
  if (code === "EENVELOPE") return failed("recipient", response, responseCode < 500);
  if (code === "ETIMEDOUT") return failed("timeout");
  if (code === "ETLS" || isTlsCode(originalCode)) return failed("tls");
  if (code === "EDNS" || originalCode === "ENOTFOUND") return failed("notFound");
  if (responseCode > 0) return failed("mail", response, responseCode < 500);
  return failed("unreachable");
}

function readError(error: unknown): SmtpError {
  const given = new Map<string, unknown>(Object.entries(error instanceof Error ? error : {}));
  const text = (name: string): string => {
    const value = given.get(name);
    return typeof value === "string" ? value : "";
  };
  const status = given.get("responseCode");
  return {
    code: text("code"),
    originalCode: text("originalCode"),
    responseCode: typeof status === "number" ? status : 0,
    response: text("response"),
  };
}
