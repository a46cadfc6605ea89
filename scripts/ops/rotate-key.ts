import { SEALED_IN_ALERTS } from "#app/alerts/channels/sealed-channel.server.ts";
import { SEALED_EXPORTS } from "#app/privacy/sealed-exports.ts";
import { SEALED_IN_STORES, rotateKeys } from "#app/stores/keys/rotate-keys.server.ts";

import type { OpsCommand } from "./command.ts";

/** Seals everything anew with APP_ENCRYPTION_KEY; what it was sealed with stands in APP_ENCRYPTION_KEYS_OLD. */
export const rotateKey: OpsCommand = {
  does: "Seals tokens, sessions, exports and alert channels anew with APP_ENCRYPTION_KEY. The former key stands in APP_ENCRYPTION_KEYS_OLD.",
  takes: "seconds for a thousand stores",
  options: [],
  run: async (context) => {
    const rotation = await rotateKeys(context, [...SEALED_IN_STORES, ...SEALED_EXPORTS, ...SEALED_IN_ALERTS]);
    return { ok: rotation.unreadable.length === 0, currentKey: context.secretBox.currentKeyId, ...rotation };
  },
};
