// Runs the app's web pixel on storefront and checkout pages: waits for consent, gives it a worker of Origin "null", publishes events.
import type { PixelPage } from "../storefront/platform-parts.ts";
import { cartLineOf, checkoutOf } from "./form-events.ts";
import { pageJson } from "./page-json.ts";
import type { BrowserAnswer, FromWorker, PixelEvent, ToWorker } from "./pixel-wire.ts";
import { cookieValue, privacyNow } from "./visitor-consent.ts";

const page = pageJson<PixelPage>("web-pixel-page");
const workerText = pageJson<string>("web-pixel-worker");

/** What `browser.*` does in the top frame. */
function useBrowser({ area, method, args: [name = "", value = ""] }: FromWorker): BrowserAnswer {
  try {
    if (area === "cookie") return { value: cookieValue(name) };
    return { value: window[area][method](name, value) ?? null };
  } catch (error) {
    return { failure: String(error) };
  }
}

const context = () => ({
  document: {
    location: { href: location.href, pathname: location.pathname, search: location.search },
    referrer: document.referrer,
    title: document.title,
  },
  navigator: { language: navigator.language, userAgent: navigator.userAgent },
  window: { location: { href: location.href }, origin: location.origin },
});

const makeEvent = (name: string, data: unknown): PixelEvent => ({
  id: `sh-${crypto.randomUUID()}`,
  name,
  data,
  timestamp: new Date().toISOString(),
  context: context(),
});

/**
 * A worker whose requests carry Origin "null": it is made inside an iframe that may run scripts but has no origin. The
 * iframe only passes the messages on.
 */
function openSandbox(): (message: ToWorker) => void {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.title = "web pixel sandbox";
  frame.setAttribute("sandbox", "allow-scripts");
  const source = JSON.stringify(workerText).replaceAll("<", "\\u003c");
  frame.srcdoc = `<script>
    const worker = new Worker(URL.createObjectURL(new Blob([${source}], { type: "text/javascript" })));
    onmessage = (event) => worker.postMessage(event.data);
    worker.onmessage = (event) => parent.postMessage(event.data, "*", event.ports);
  </script>`;
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
  window.addEventListener("message", ({ source, data, ports }: MessageEvent<FromWorker>) => {
    if (source === frame.contentWindow) ports[0]?.postMessage(useBrowser(data));
  });
  document.body.append(frame);
  return (message) => void loaded.then(() => frame.contentWindow?.postMessage(message, "*"));
}

const events: PixelEvent[] = [makeEvent("page_viewed", {})];
for (const { name, data, once } of page.events) {
  if (once !== undefined && sessionStorage.getItem(once) !== null) continue;
  if (once !== undefined) sessionStorage.setItem(once, "1");
  events.push(makeEvent(name, data));
}

let post: ((message: ToWorker) => void) | undefined;
let begun = false;
async function run({ bundle, settings }: NonNullable<PixelPage["pixel"]>): Promise<void> {
  const text = await (await fetch(bundle)).text();
  post = openSandbox();
  const init = { data: page.initData, context: context(), customerPrivacy: privacyNow(page.region) };
  post({ kind: "start", settings, init, bundle: text });
  for (const event of events) post({ kind: "event", event });
}
function runWhenPermitted(): void {
  const privacy = privacyNow(page.region);
  post?.({ kind: "consent", privacy });
  if (begun || !page.pixel || !page.needs.every((purpose) => privacy[purpose])) return;
  begun = true;
  void run(page.pixel);
}

/** What happens on the page: for a pixel that runs now, and for one that comes later. */
function publish(name: string, data: unknown): void {
  const event = makeEvent(name, data);
  events.push(event);
  post?.({ kind: "event", event });
}
document.addEventListener("submit", ({ target }) => {
  if (!(target instanceof HTMLFormElement)) return;
  const typed = new FormData(target);
  if (target.getAttribute("action") === "/cart/add")
    publish("product_added_to_cart", cartLineOf(page, typed));
  if (target.className === "buyer") publish("payment_info_submitted", checkoutOf(page, typed));
});
document.addEventListener("visitorConsentCollected", runWhenPermitted);
runWhenPermitted();
