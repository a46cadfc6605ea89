import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";
import { renderToString } from "react-dom/server";

import { emptyPage } from "./empty-page.ts";

/** The empty Polaris page on a server of its own: drawn ahead, minified, compressed, as the app's pages are. */
export async function serveEmptyPage(): Promise<{ readonly url: string; close(): void }> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("start-empty-page.ts", import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const style = fileURLToPath(import.meta.resolve("@shopify/polaris/build/esm/styles.css"));
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Empty</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/styles.css">
<link rel="modulepreload" href="/start.js"></head>
<body><div id="root">${renderToString(emptyPage())}</div><script type="module" src="/start.js"></script></body></html>`;
  const files = new Map([
    ["/", ["text/html; charset=utf-8", gzipSync(page)] as const],
    ["/styles.css", ["text/css", gzipSync(readFileSync(style))] as const],
    ["/start.js", ["text/javascript", gzipSync(outputFiles[0]?.contents ?? "")] as const],
  ]);
  const server = createServer((request, response) => {
    const [type, body] = files.get(request.url ?? "") ?? ["text/plain", gzipSync("")];
    response.writeHead(200, { "content-type": type, "content-encoding": "gzip" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}/`, close: () => void server.close() };
}
