/** 32 random bytes have 30 different values on average; fewer than this come once in more than 10^12 keys. */
const FEWEST_DIFFERENT_BYTES = 18;

/**
 * Why a key of 32 bytes was not drawn at random, as far as its bytes show: all alike, a repeated pattern, a count
 * upwards or downwards, or a text. Undefined where nothing shows, and for a key that has not 32 bytes at all (that is
 * said elsewhere).
 *
 * @param key base64
 */
export function describeWeakKey(key: string): string | undefined {
  const bytes = Buffer.from(key, "base64");
  if (bytes.length !== 32) return undefined;
  if (isCount(bytes)) return "counts up or down and can be guessed";
  if (hasPeriod(bytes) || new Set(bytes).size < FEWEST_DIFFERENT_BYTES)
    return "repeats a few bytes and can be guessed";
  // 95 of 256 values: of random keys one in 10^13 is a text.
  if (bytes.every((byte) => byte >= 0x20 && byte <= 0x7e)) return "is a text, not random bytes";
  return undefined;
}

function isCount(bytes: Uint8Array): boolean {
  const step = ((bytes[1] ?? 0) - (bytes[0] ?? 0)) & 0xff;
  return bytes.every((byte, index) => index === 0 || ((byte - (bytes[index - 1] ?? 0)) & 0xff) === step);
}

function hasPeriod(bytes: Uint8Array): boolean {
  for (let period = 1; period <= bytes.length / 2; period += 1)
    if (bytes.every((byte, index) => index < period || byte === bytes[index - period])) return true;
  return false;
}
