import type { SecretBox } from "../../platform/process/secret-box.server.ts";
import type { SealedColumn } from "../../stores/keys/rotate-keys.server.ts";
import { shortenWebhook } from "./webhook-address.ts";

/** What is sealed of a channel; each bound to its row and its column. */
export const targetPurpose = (channelId: string): string => `alert:${channelId}:target`;
export const secretPurpose = (channelId: string): string => `alert:${channelId}:secret`;

/** The sealed columns of this module, for the rotation of keys. */
export const SEALED_IN_ALERTS: readonly SealedColumn[] = [
  {
    table: "alert_channel",
    column: "sealed_target",
    keyType: "text",
    purpose: "'alert:' || id || ':target'",
  },
  {
    table: "alert_channel",
    column: "sealed_secret",
    keyType: "text",
    purpose: "'alert:' || id || ':secret'",
  },
];

/** A channel's address; undefined where no known key opens it. */
export function openTarget(
  box: SecretBox,
  channel: { readonly id: string; readonly sealedTarget: string },
): string | undefined {
  const opened = box.open(channel.sealedTarget, targetPurpose(channel.id));
  return opened.ok ? opened.plain : undefined;
}

/** What is shown of it: an e-mail address whole, of a webhook's the host and the last letters. Null where it is lost. */
export function shownTarget(
  box: SecretBox,
  channel: { readonly id: string; readonly kind: string; readonly sealedTarget: string },
): string | null {
  const target = openTarget(box, channel);
  if (target === undefined) return null;
  return channel.kind === "email" ? target : shortenWebhook(target);
}
