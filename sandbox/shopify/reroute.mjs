// Loaded before anything else (node --import ./sandbox/shopify/reroute.mjs …) in demos and tests. Shopify's library
// calls https://{shop}.myshopify.com and keeps the `fetch` it finds when it is imported, so the detour has to stand
// first. Requests to Shopify's hosts go to SANDBOX_SHOPIFY_URL with the host they meant in x-sandbox-host; every other
// request passes untouched. Production never loads this file. Loaded a second time, it changes nothing: a runner of
// tests loads it for each file of the same process.
const original = globalThis.fetch;
const LOADED = Symbol.for("tandem.sandbox.reroute");

const isShopify = (host) => host.endsWith(".myshopify.com") || host === "admin.shopify.com";

const rerouted = async function reroutedFetch(input, init) {
  const sandbox = process.env.SANDBOX_SHOPIFY_URL;
  const address = input instanceof Request ? input.url : String(input);
  if (!sandbox || !URL.canParse(address)) return original(input, init);
  const meant = new URL(address);
  if (!isShopify(meant.hostname)) return original(input, init);

  const request = new Request(input, init);
  const headers = new Headers(request.headers);
  headers.set("x-sandbox-host", meant.hostname);
  const body = request.body === null ? undefined : await request.arrayBuffer();
  return original(new URL(meant.pathname + meant.search, sandbox), {
    method: request.method,
    headers,
    body,
    signal: request.signal,
    redirect: request.redirect,
  });
};

rerouted[LOADED] = true;
if (!original[LOADED]) globalThis.fetch = rerouted;
