import type { Environment } from "../../platform/process/environment.server.ts";
import type { SecretBox } from "../../platform/process/secret-box.server.ts";
import { mailSettings } from "./mail-settings.ts";
import { createMailSender } from "./send-mail.server.ts";
import type { AlertSenders } from "./send-message.server.ts";
import { createWebhookSender } from "./send-webhook.server.ts";

/** The ways out of this process: to public addresses by HTTPS, and by the operator's mail server where there is one. */
export function createAlertSenders(
  environment: Pick<Environment, "SHOPIFY_API_KEY" | "SMTP_URL" | "ALERT_FROM">,
  secretBox: SecretBox,
): AlertSenders {
  const mail = mailSettings(environment);
  return {
    secretBox,
    apiKey: environment.SHOPIFY_API_KEY,
    sendWebhook: createWebhookSender(),
    sendMail: mail === null ? null : createMailSender(mail),
  };
}
