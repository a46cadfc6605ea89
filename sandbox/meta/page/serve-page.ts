import type { Response } from "express";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import { browserScript } from "../../http/browser-script.ts";
import { renderPage } from "../../http/render-page.ts";
import type { SandboxWorld } from "../sandbox-world.ts";
import { viewPage } from "./view-page.ts";

/** The page that shows what was received: one document with style and script inlined. */
export async function servePage(world: SandboxWorld, response: Response): Promise<void> {
  const script = browserScript(new URL("./keep-fresh.ts", import.meta.url));
  const style = readFileSync(new URL("./received-page.css", import.meta.url), "utf8");
  const hash = createHash("sha256").update(script).digest("base64");
  response.set({
    "cache-control": "no-store",
    // Only this very script may run, so that nothing received could, whatever a copy contains.
    "content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'`,
  });
  response.send(await renderPage("received-page", { ...viewPage(world), script, style }));
}
