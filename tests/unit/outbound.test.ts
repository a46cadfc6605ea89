import { globSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

/** Whatever can open a connection. */
const REACHES_OUT =
  /\bfetch\(|\bboundFetch\(fetch\b|\bnew (?:WebSocket|EventSource|XMLHttpRequest)\b|from "(?:undici|pg|nodemailer|node:(?:https?|net|tls|dns|dgram|http2|child_process)|ws|axios|got)"/;

/**
 * Every file of the app that can, and why no address that a person typed or sent gets there. A new one has to be read by
 * a person: SSRF begins where an address is fetched that somebody else chose.
 */
const READ_BY_A_PERSON: Readonly<Record<string, string>> = {
  "app/alerts/channels/public-address.ts": "reads whether a text is an IP address, and of which range",
  "app/alerts/channels/webhook-address.ts": "reads whether a text is an IP address",
  "app/alerts/send/send-mail.server.ts": "SMTP_URL; the merchant's address goes into RCPT TO and one header",
  "app/alerts/send/send-webhook.server.ts":
    "an address that a merchant typed: https on port 443, to public addresses judged when the connection is made, no redirect, bounded size and time (alerts-webhook.test.ts)",
  "app/components/frame/save-file-button.tsx": "in the merchant's browser, at the app's own address",
  "app/components/reconcile/upload-card.tsx": "in the merchant's browser, at the app's own address",
  "app/conversions/customer/client-details.ts": "reads whether a text is an IP address",
  "app/meta/graph-client.server.ts": "META_GRAPH_URL; dataset IDs are digits; follows no redirect",
  "app/platform/http/client-address.ts": "reads whether a text is an IP address",
  "app/platform/database/database.server.ts": "DATABASE_URL",
  "app/platform/database/direct-statements.server.ts": "the pool that database.server.ts opened",
  "app/platform/http/http-server.server.ts": "listens, asks nobody",
  "app/platform/database/listen-on-server.server.ts": "DATABASE_URL",
  "app/shopify.server.ts":
    "gives Shopify's library its fetch: no redirect, bounded size and time (bounded-fetch.server.test.ts)",
};

/** Who only names a type opens nothing. */
const withoutTypes = (source: string): string => source.replaceAll(/^import type [^;]*;$/gm, "");

const files = globSync("app/**/*.{ts,tsx}").filter((file) => !file.includes(".test."));

describe("what the app asks of others", () => {
  it("leaves through the files that a person has read, and Shopify's library", () => {
    const reaching = files.filter((file) => REACHES_OUT.test(withoutTypes(readFileSync(file, "utf8"))));
    expect(reaching.sort()).toEqual(Object.keys(READ_BY_A_PERSON).sort());
  });

  it("asks Meta at the address of the environment, through the one client there is", () => {
    const makers = files.filter((file) => readFileSync(file, "utf8").includes("createGraphClient({"));
    expect(makers).toEqual(["app/tandem.server.ts"]);
    expect(readFileSync("app/tandem.server.ts", "utf8")).toContain(
      "createGraphClient({ graphUrl: environment.META_GRAPH_URL,",
    );
  });
});
