import process from "node:process";

import { runAudit } from "../../scripts/audit.ts";

/** The audit of two files; prints what it found, and the most memory that this process held (MB). */
const [orders = "", events = ""] = process.argv.slice(2);
const { exitCode, output } = await runAudit(["--orders", orders, "--events", events, "--json"], {
  now: Date.now(),
});
if (exitCode !== 0) throw new Error(output);
const { findings } = JSON.parse(output) as { readonly findings: readonly { readonly code: string }[] };
console.log(
  JSON.stringify({
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    findings: findings.map(({ code }) => code),
  }),
);
