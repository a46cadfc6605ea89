import { SEALED_EXPORTS } from "#app/privacy/sealed-exports.ts";
import { SEALED_IN_STORES, rotateKeys } from "#app/stores/keys/rotate-keys.server.ts";

import type { OpsCommand } from "./command.ts";

/** Seals everything anew with APP_ENCRYPTION_KEY; what it was sealed with stands in APP_ENCRYPTION_KEYS_OLD. */
export const rotateKey: OpsCommand = {
  usage: "rotate-key",
  does: "Seals tokens, sessions and exports anew with APP_ENCRYPTION_KEY. The former key stands in APP_ENCRYPTION_KEYS_OLD.",
  options: {},
  run: async (context) => {
    const rotation = await rotateKeys(context, [...SEALED_IN_STORES, ...SEALED_EXPORTS]);
    return { ok: rotation.unreadable.length === 0, currentKey: context.secretBox.currentKeyId, ...rotation };
  },
};
