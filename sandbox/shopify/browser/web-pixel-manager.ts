// Runs the app's web pixel on storefront and checkout pages: waits for consent, gives it a worker of Origin "null", publishes events.
import { cartLineOf, checkoutOf } from "./form-events.ts";
import { pageJson } from "./page-json.ts";
import type { FromWorker, PixelEvent, PixelPage, ToWorker } from "./pixel-wire.ts";
import { privacyNow, type Privacy } from "./visitor-consent.ts";

const page = pageJson<PixelPage>("web-pixel-page");
const workerText = pageJson<string>("web-pixel-worker");

/** What `browser.*` does in the top frame. */
function useBrowser({ area, method, args }: FromWorker): unknown {
  const [name = "", value = ""] = args;
  if (area === "cookie") {
    if (method === "set") {
      document.cookie = args.length > 1 ? `${name}=${value}; path=/` : name;
      return undefined;
    }
    const pair = document.cookie.split("; ").find((each) => each.startsWith(`${name}=`));
    return pair === undefined ? "" : decodeURIComponent(pair.slice(name.length + 1));
  }
  const store = window[area];
  switch (method) {
    case "getItem":
      return store.getItem(name);
    case "setItem":
      return store.setItem(name, value);
    case "removeItem":
      return store.removeItem(name);
    case "clear":
      return store.clear();
    case "key":
      return store.key(Number(name));
    default:
      return store.length;
  }
}

const context = () => ({
  document: {
    characterSet: document.characterSet,
    location: {
      href: location.href,
      origin: location.origin,
      pathname: location.pathname,
      search: location.search,
    },
    referrer: document.referrer,
    title: document.title,
  },
  navigator: {
    cookieEnabled: navigator.cookieEnabled,
    language: navigator.language,
    languages: navigator.languages,
    userAgent: navigator.userAgent,
  },
  window: { innerHeight, innerWidth, location: { href: location.href }, origin: location.origin },
});

let seq = 0;
const makeEvent = (name: string, data: unknown): PixelEvent => {
  seq += 1;
  return {
    id: `sh-${crypto.randomUUID()}`,
    name,
    data,
    timestamp: new Date().toISOString(),
    clientId: crypto.randomUUID(),
    seq,
    type: "standard",
    context: context(),
  };
};

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
    worker.onmessage = (event) => parent.postMessage(event.data, "*");
  </script>`;
  const queue: ToWorker[] = [];
  let ready = false;
  const post = (message: ToWorker): void => {
    if (ready) frame.contentWindow?.postMessage(message, "*");
    else queue.push(message);
  };
  frame.addEventListener("load", () => {
    ready = true;
    for (const message of queue.splice(0)) post(message);
  });
  window.addEventListener("message", (event: MessageEvent<FromWorker>) => {
    if (event.source !== frame.contentWindow) return;
    const { id } = event.data;
    try {
      post({ kind: "answer", id, value: useBrowser(event.data) ?? null, failed: false });
    } catch (error) {
      post({ kind: "answer", id, value: String(error), failed: true });
    }
  });
  document.body.append(frame);
  return post;
}

function permitted(privacy: Privacy): boolean {
  const { analytics, marketing, preferences } = page.purposes;
  return (
    (!analytics || privacy.analyticsProcessingAllowed) &&
    (!marketing || privacy.marketingAllowed) &&
    (!preferences || privacy.preferencesProcessingAllowed) &&
    (!page.needsSaleOfData || privacy.saleOfDataAllowed)
  );
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
  const init = { ...(page.init as object), context: context(), customerPrivacy: privacyNow(page.region) };
  post({ kind: "start", settings, init, bundle: text });
  for (const event of events) post({ kind: "event", event });
  document.documentElement.dataset["webPixel"] = "running";
}
function runWhenPermitted(): void {
  const privacy = privacyNow(page.region);
  post?.({ kind: "consent", privacy });
  if (begun || !page.pixel || !permitted(privacy)) return;
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
