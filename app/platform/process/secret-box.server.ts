import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/**
 * Secrets at rest: AES-256-GCM, a fresh 96-bit nonce for each sealing, the key named by its fingerprint so that keys
 * can be rotated while old rows still open.
 *
 * Sealed form: `v1.<key id>.<nonce>.<ciphertext and tag>`, base64url. The purpose (such as "dataset:12:token") is
 * authenticated with it, so that a sealed value copied into another row does not open there.
 */
export interface SecretBox {
  seal(plain: string, purpose: string): string;
  open(sealed: string, purpose: string): OpenOutcome;
  /** True when it was sealed with a key other than the current one. */
  isOutdated(sealed: string): boolean;
  readonly currentKeyId: string;
}

export type OpenOutcome =
  | { readonly ok: true; readonly plain: string }
  | { readonly ok: false; readonly problem: "unknown_key" | "damaged" };

export type SecretBoxOutcome =
  { readonly ok: true; readonly box: SecretBox } | { readonly ok: false; readonly problem: string };

/**
 * @param current 32 bytes in base64 (APP_ENCRYPTION_KEY)
 * @param old further keys, comma-separated, that may still open rows (APP_ENCRYPTION_KEYS_OLD)
 */
export function createSecretBox(current: string, old = ""): SecretBoxOutcome {
  const keys = new Map<string, Buffer>();
  const names = [
    current,
    ...old
      .split(",")
      .map((key) => key.trim())
      .filter(Boolean),
  ];
  for (const [position, text] of names.entries()) {
    const key = Buffer.from(text, "base64");
    if (key.length !== 32 || !/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) {
      const variable = position === 0 ? "APP_ENCRYPTION_KEY" : `key ${position} of APP_ENCRYPTION_KEYS_OLD`;
      return {
        ok: false,
        problem: `${variable} must be 32 bytes in base64. Make one with "openssl rand -base64 32".`,
      };
    }
    keys.set(keyIdOf(key), key);
  }
  const [first] = keys.entries();
  if (!first) return { ok: false, problem: "APP_ENCRYPTION_KEY is missing." };
  const [currentKeyId, currentKey] = first;

  return {
    ok: true,
    box: {
      currentKeyId,
      seal: (plain, purpose) => {
        const nonce = randomBytes(12);
        const cipher = createCipheriv("aes-256-gcm", currentKey, nonce).setAAD(Buffer.from(purpose, "utf8"));
        const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
        return `v1.${currentKeyId}.${nonce.toString("base64url")}.${body.toString("base64url")}`;
      },
      open: (sealed, purpose) => {
        const [version, keyId = "", nonce = "", body = ""] = sealed.split(".");
        const key = keys.get(keyId);
        if (version !== "v1") return { ok: false, problem: "damaged" };
        if (!key) return { ok: false, problem: "unknown_key" };
        try {
          const bytes = Buffer.from(body, "base64url");
          const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"), {
            authTagLength: 16,
          })
            .setAAD(Buffer.from(purpose, "utf8"))
            .setAuthTag(bytes.subarray(bytes.length - 16));
          const plain = Buffer.concat([
            decipher.update(bytes.subarray(0, bytes.length - 16)),
            decipher.final(),
          ]);
          return { ok: true, plain: plain.toString("utf8") };
        } catch {
          return { ok: false, problem: "damaged" };
        }
      },
      isOutdated: (sealed) => sealed.split(".")[1] !== currentKeyId,
    },
  };
}

/** First 8 hex digits of the key's SHA-256: names the key, tells nothing of it. */
function keyIdOf(key: Buffer): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 8);
}
