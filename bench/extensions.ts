/** What a visitor downloads: bytes of the browser programs, raw and as a server sends them (gzip, level 9). */
import { gzipSync } from "node:zlib";
import { BROWSER_PROGRAMS, bundle } from "../scripts/build-extensions.ts";

/** Limits in bytes of gzip, 3.5 kB (3 kB before withdrawal removed every trace), 2 kB and 8 kB (6 kB before the funnel, docs/decisions/0839). */
const GZIP_LIMITS = {
  "storefront-pixel": 3_500,
  "storefront-heartbeat": 2_000,
  "checkout-pixel": 8_000,
} as const;

export async function run(): Promise<object> {
  const programs = await Promise.all(
    BROWSER_PROGRAMS.map(async (program) => {
      const text = await bundle(program);
      const size = { raw: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length };
      return [program.name, { ...size, limit: GZIP_LIMITS[program.name] }] as const;
    }),
  );
  for (const [name, size] of programs) {
    console.log(`${name}: ${size.raw} bytes, ${size.gzip} gzip (limit ${size.limit})`);
  }
  return { bench: "extensions", ...Object.fromEntries(programs) };
}
