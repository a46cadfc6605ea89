import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";

import { compileScript } from "../browser/serve-script.ts";
import type { Answer } from "../http/answer.ts";
import { send } from "../http/send.ts";

let page: Answer | undefined;

/** The page that shows what was received: one document with style and script inlined, built on first use. */
export function servePage(response: ServerResponse): void {
  page ??= buildPage();
  send(response, page);
}

function buildPage(): Answer {
  const script = compileScript(new URL("./show-received.ts", import.meta.url));
  const html = readFileSync(new URL("./received-page.html", import.meta.url), "utf8");
  const style = readFileSync(new URL("./received-page.css", import.meta.url), "utf8");
  const hash = createHash("sha256").update(script).digest("base64");
  return {
    status: 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      // Only this very script may run, so that nothing received could, whatever a copy contains.
      "content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'`,
    },
    body: html
      .replace("</head>", () => `<style>${style}</style></head>`)
      .replace("</body>", () => `<script type="module">${script}</script></body>`),
  };
}
