import type { OpsCommand } from "./command.ts";

/** Seals everything anew with APP_ENCRYPTION_KEY; what it was sealed with stands in APP_ENCRYPTION_KEYS_OLD. */
export const rotateKey: OpsCommand = {
  does: "Seals tokens, sessions, exports and alert channels anew with APP_ENCRYPTION_KEY. The former key stands in APP_ENCRYPTION_KEYS_OLD.",
  takes: "seconds for a thousand stores",
  options: [],
  run: async (context) => {
    const { SEALED_IN_ALERTS } = await import("#app/alerts/channels/sealed-channel.server.ts");
    const { SEALED_EXPORTS } = await import("#app/privacy/sealed-exports.ts");
    const { SEALED_IN_STORES, rotateKeys } = await import("#app/stores/keys/rotate-keys.server.ts");
    const rotation = await rotateKeys(context, [...SEALED_IN_STORES, ...SEALED_EXPORTS, ...SEALED_IN_ALERTS]);
    return { ok: rotation.unreadable.length === 0, currentKey: context.secretBox.currentKeyId, ...rotation };
  },
};
