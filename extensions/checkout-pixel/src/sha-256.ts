/**
 * SHA-256 (FIPS 180-4) of a text's UTF-8 bytes, in hexadecimal. Shopify's worker need not have `crypto.subtle`, and what it
 * makes of a short text is not worth waiting for.
 */
export function sha256(text: string): string {
  const bytes = [...new TextEncoder().encode(text)];
  const words: number[] = [];
  const length = bytes.length;
  bytes.push(0x80);
  while (bytes.length % 64 !== 56) bytes.push(0);
  for (let at = 0; at < bytes.length; at += 1) words[at >> 2] = (nth(words, at >> 2) << 8) | nth(bytes, at);
  // The length in bits takes two words; no text here needs the first.
  words.push(0, length << 3);

  let state = firstPrimes(8).map((prime) => fraction(Math.sqrt(prime)));
  const constants = firstPrimes(64).map((prime) => fraction(Math.cbrt(prime)));
  for (let block = 0; block < words.length; block += 16)
    state = compress(state, words.slice(block, block + 16), constants);
  return state.map((word) => `0000000${(word >>> 0).toString(16)}`.slice(-8)).join("");
}

/** One block of 512 bits, in which its schedule grows. */
function compress(state: number[], schedule: number[], constants: number[]): number[] {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let round = 0; round < 64; round += 1) {
    if (round >= 16) {
      const early = nth(schedule, round - 15);
      const late = nth(schedule, round - 2);
      const mixedEarly = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
      const mixedLate = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
      schedule[round] = (nth(schedule, round - 16) + mixedEarly + nth(schedule, round - 7) + mixedLate) | 0;
    }
    const first =
      h +
      (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) +
      ((e & f) ^ (~e & g)) +
      nth(constants, round) +
      nth(schedule, round);
    const second = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, at) => (word + nth(state, at)) | 0);
}

const nth = (words: number[], at: number): number => words[at] ?? 0;

const turn = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

/** The first 32 bits after the point. */
const fraction = (value: number): number => ((value % 1) * 0x100000000) | 0;

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let each = 2; primes.length < count; each += 1)
    if (primes.every((prime) => each % prime !== 0)) primes.push(each);
  return primes;
}
