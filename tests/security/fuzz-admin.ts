import type { Random } from "#sandbox/shopify/orders/seeded-random.ts";

import { addressOf, readEndpoints } from "./endpoints.ts";
import type { FuzzRequest, FuzzTarget } from "./fuzz-requests.ts";
import { AGENTS, NASTY } from "./fuzz-corpus.ts";
import { formFields, formIntents } from "./form-fields.ts";

const IDS = [
  "1",
  "2",
  "0",
  "-1",
  "9".repeat(18),
  "9".repeat(19),
  "1e3",
  "%00",
  "1%2F2",
  "abc",
  "%D9%A3",
  "01",
];
/** What the pages read from their addresses, and what Shopify and Remix do. */
const QUERY: Readonly<Record<string, readonly string[]>> = {
  from: ["2026-02-31", "2026-13-01", "0000-01-01", "2099-12-31", "2026-11-22", "20260-01-01", "x"],
  to: ["2026-02-30", "2000-02-29", "2001-02-29", "9999-12-31", "2026-11-22", ""],
  days: ["7", "30", "-1", "1e9", "NaN"],
  dataset: IDS,
  view: ["attention", "waiting", "recovered", "skipped", "all", "nope"],
  status: ["delivered", "open,retrying,held,dead,skipped", "dead", "x".repeat(3_000), ","],
  pairing: ["paired", "mismatched,pending", "'"],
  source: ["web", "pos,other", "\u0000"],
  q: ["1", "#1001", "\u0000", "\ud800", "9".repeat(60), "%", "_", "'; --"],
  after: IDS,
  before: IDS,
  connected: ["checked", "constructor", "__proto__"],
  locale: ["de", "xx-XX", "\u0000", "en-US-u-nu-thai", "x".repeat(2_000), "de_DE"],
  shop: ["SHOP", "evil.example", "", "\u0000"],
  host: ["YWRtaW4uc2hvcGlmeS5jb20vc3RvcmUveA", "!", ""],
  id_token: ["a.b.c", ""],
  embedded: ["1", "0"],
  index: [""],
  _data: ["routes/app", "routes/nope", "root", ""],
};
const SETTINGS = {
  settingsVersion: 1,
  eventIdRule: "order_number",
  valueBasis: "total",
  currencySide: "shop",
  contentId: "product",
  customerSegmentation: true,
  consentPolicy: "strict",
  reportWaitSeconds: "30",
  retentionDays: "30",
  sources: { web: true, pos: true, draft: true, subscription: true, other: true },
};

/** What would end the rest of the fuzz: without its dataset the store has fewer endpoints. */
const SPARED = new Set(["disconnect"]);

/** Requests of somebody who is signed in: every admin endpoint with a valid session token, and nothing else right. */
export function createAdminFuzz(
  random: Random,
  target: FuzzTarget,
  mutate: (body: Readonly<Record<string, unknown>>) => Buffer,
): () => FuzzRequest {
  const { pick, chance, int } = random;
  const endpoints = [...readEndpoints()].filter(([, kind]) => kind === "admin").map(([file]) => file);
  const intents = [...formIntents(), "nope"].filter((intent) => !SPARED.has(intent));
  const fields = formFields();

  const query = (file: string): URLSearchParams => {
    const asked = new URLSearchParams();
    for (const [name, values] of Object.entries(QUERY))
      if (chance(0.15)) asked.append(name, pick(values).replace("SHOP", target.shop));
    if (chance(0.5)) asked.set("_data", `routes/${file.replace(/\.tsx?$/, "")}`);
    return asked;
  };
  const form = (): Buffer => {
    const sent = new URLSearchParams({ intent: pick(intents) });
    for (const field of fields)
      if (chance(0.4)) sent.append(field, chance(0.5) ? pick(IDS) : String(pick(NASTY)));
    return Buffer.from(sent.toString());
  };
  const body = (): { readonly type: string; readonly body: Buffer } => {
    switch (int(0, 7)) {
      case 0:
        return { type: "application/json", body: mutate(SETTINGS) };
      case 1:
        return { type: "application/json", body: mutate({ intent: "sync" }) };
      case 2:
        return { type: "multipart/form-data; boundary=x", body: Buffer.from("--x\r\nrubbish") };
      case 3:
        return { type: pick(["", "text/plain", "multipart/form-data", "application/json"]), body: form() };
      case 4:
        return { type: "application/x-www-form-urlencoded", body: Buffer.alloc(int(1, 200_000), "%") };
      default:
        return { type: "application/x-www-form-urlencoded", body: form() };
    }
  };

  return () => {
    const file = pick(endpoints);
    const method = pick(["GET", "GET", "GET", "POST", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"]);
    const sent = method === "GET" || method === "HEAD" ? undefined : body();
    const address = addressOf(file).replace("/1", () => `/${pick(IDS)}`);
    return {
      method,
      path: `${address}?${query(file).toString()}`,
      headers: {
        authorization: `Bearer ${target.token()}`,
        "user-agent": pick(AGENTS),
        ...(chance(0.2) ? { "accept-language": pick(["de", "*", "xx-YY;q=9", "\u00e9"]) } : {}),
        ...(sent?.type ? { "content-type": sent.type } : {}),
      },
      body: sent?.body ?? Buffer.alloc(0),
    };
  };
}
