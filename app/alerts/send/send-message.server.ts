import { readEmailAddress } from "../channels/email-address.ts";
import { openTarget, secretPurpose } from "../channels/sealed-channel.server.ts";
import type { SecretBox } from "../../platform/process/secret-box.server.ts";
import { inLanguage } from "../../texts/in-language.server.ts";
import { ENGLISH, readLanguage } from "../../texts/language.ts";
import { auditInAdmin } from "../write/audit-link.ts";
import type { AlertFinding } from "../write/alert-finding.ts";
import { writeMail } from "../write/write-mail.ts";
import { writeMessage } from "../write/write-message.ts";
import { writeWebhook } from "../write/write-webhook.ts";
import type { SendMail } from "./send-mail.server.ts";
import { failed, type SendOutcome } from "./send-outcome.server.ts";
import type { SendWebhook } from "./send-webhook.server.ts";
import { signWebhook } from "./sign-webhook.ts";

/** The ways out, and what is needed to write a message. */
export interface AlertSenders {
  readonly secretBox: SecretBox;
  /** The app's client ID, for the link into the admin. */
  readonly apiKey: string;
  readonly sendWebhook: SendWebhook;
  /** Null where the operator has not set up mail. */
  readonly sendMail: SendMail | null;
}

export interface OutgoingMessage {
  readonly id: bigint;
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** Empty for a test. */
  readonly findings: readonly AlertFinding[];
  readonly channel: {
    readonly id: string;
    readonly kind: string;
    readonly sealedTarget: string;
    readonly sealedSecret: string | null;
    /** That it is told in; English where this version does not know it. */
    readonly language: string;
  };
  readonly store: { readonly shop: string; readonly name: string | null; readonly currency: string | null };
}

/**
 * Writes a message and sends it once. Never throws for what the other side does.
 *
 * @param now unix milliseconds, for the signature
 */
export async function sendMessage(
  { secretBox, apiKey, sendWebhook, sendMail }: AlertSenders,
  message: OutgoingMessage,
  now: number,
): Promise<SendOutcome> {
  const { channel, store, findings } = message;
  const target = openTarget(secretBox, channel);
  if (target === undefined) return failed("sealed", "", false);
  const input = { store, findings, auditUrl: auditInAdmin(store.shop, apiKey) };
  const inTheirs = <Written>(write: () => Written): Written =>
    inLanguage(readLanguage(channel.language) ?? ENGLISH, write);
  const written = inTheirs(() => writeMessage(input));
  // The same at each try: by it a receiver tells a repeat.
  const id = `alert-${channel.id}-${message.id}`;
  if (channel.kind === "email") {
    const to = readEmailAddress(target);
    if (to === undefined) return failed("badAddress", "", false);
    if (sendMail === null) return failed("noMail");
    return sendMail({ to, ...inTheirs(() => writeMail(written)), messageId: `<${id}@${store.shop}>` });
  }
  const secret = secretBox.open(channel.sealedSecret ?? "", secretPurpose(channel.id));
  if (!secret.ok) return failed("sealed", "", false);
  const body = inTheirs(() => writeWebhook(input, written, { id, decidedAt: message.createdAt }));
  return sendWebhook({ address: target, body, headers: signWebhook(secret.plain, body, now) });
}
