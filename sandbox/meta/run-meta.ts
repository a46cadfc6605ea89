/** `node sandbox/meta/run-meta.ts [PORT]`: the sandbox as a process of its own. Prints one JSON line when it listens. */
import { startMeta } from "./start-meta.ts";

const meta = await startMeta({ port: Number(process.argv[2] ?? process.env.SANDBOX_META_PORT ?? 0) });
console.log(
  JSON.stringify({
    url: meta.url,
    graphUrl: meta.graphUrl,
    trUrl: meta.trUrl,
    fbeventsUrl: meta.fbeventsUrl,
  }),
);
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void meta.close());
