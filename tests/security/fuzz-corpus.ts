/** What fuzz-requests.ts picks from. */
export const NOBODY = "nobody-here.myshopify.com";
export const METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"] as const;
export const TYPES = [
  "text/plain;charset=UTF-8",
  "application/json",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "text/html",
  "application/json; charset=utf-16",
  "",
] as const;
export const TOPICS = [
  "orders/paid",
  "app/uninstalled",
  "app/scopes_update",
  "customers/data_request",
  "customers/redact",
  "shop/redact",
] as const;
export const AGENTS = [
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36",
  "curl/8.5",
  "",
  "x".repeat(4_000),
] as const;

/** Values that break parsers. */
export const NASTY: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e21,
  2 ** 53 + 2,
  "",
  " ",
  "a".repeat(5_000),
  [],
  {},
  [[[[[]]]]],
  { a: { b: { c: {} } } },
  "\u0000",
  "\ud800",
  "\u202e\uFEFF",
  "'; DROP TABLE store;--",
  "{{7*7}}",
  "<script>alert(1)</script>",
  "=cmd|' /C calc'!A0",
  "__proto__",
  "../../etc/passwd",
  "http://127.0.0.1:22/",
  "fb.1.NaN.x",
  "gid://shopify/Order/-1",
  Number.MAX_VALUE,
  "1e400",
];

export const PIXEL_BODIES: readonly Readonly<Record<string, unknown>>[] = [
  {
    v: 1,
    shop: NOBODY,
    orderId: "6100000000001",
    checkoutToken: "c".repeat(32),
    fbp: "fb.1.1758805031025.600000001",
    consent: { marketing: true },
    userAgent: "Mozilla/5.0",
    pageUrl: "https://x.example/thank-you",
    clientTime: 1_790_000_000_000,
    eventId: "e",
  },
  {
    v: 1,
    shop: NOBODY,
    ticket: "t",
    outcome: "sent",
    datasets: [{ id: "123", outcome: "sent" }],
    firedAt: 1_790_000_000_000,
  },
  {
    v: 1,
    version: "1.0.0",
    theme: 1,
    page: "index",
    pixels: ["1"],
    senders: ["gtm"],
    blocked: false,
    consent: true,
    seen: {
      list: [
        { app: "2329312", ids: ["123456789012345"], sharing: "optimized" },
        { custom: "Pixel", ids: [] },
      ],
      capi: true,
      page: [{ id: "1", by: "gtm" }],
    },
  },
];

/** SHOP stands for a store that is installed. */
export const PAGES = [
  "/",
  "/app",
  "/app/settings",
  "/app/datasets/new",
  "/app/datasets/1",
  "/app/events.csv",
  "/app/privacy/1/export",
  "/auth/login",
  "/auth/session-token",
  "/healthz",
  "/readyz",
  "/metrics",
  "/assets/../server.ts",
  "/assets/%2e%2e/%2e%2e/package.json",
  "/favicon.svg",
  "/.env",
  "/%00",
  "/%E0%A4%A",
  `/${"a".repeat(3_000)}`,
  `/app?shop=SHOP&id_token=a.b.c&host=x&embedded=1`,
  "/app?_data=routes%2Fapp",
  "/app?_data=routes%2Fnope",
  "/?shop=%00",
  "/?shop=evil.example",
] as const;
