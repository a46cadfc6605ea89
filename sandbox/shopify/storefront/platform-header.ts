import { inlineJson, markup, type Html } from "../http/html-template.ts";
import type { Store } from "../store.ts";
import { THEME_ID } from "../admin/theme-editor.ts";
import type { Switches } from "./switches.ts";

/** What the platform adds to the head of every storefront and checkout page. */
export function platformHeader(store: Store, switches: Switches): Html {
  const config = {
    shop: store.domain,
    region: switches.region,
    currency: store.currency,
    country: store.country,
    locale: store.locale,
    themeId: Number(THEME_ID),
  };
  return markup`<script type="application/json" id="storefront-config">${inlineJson(config)}</script><script src="/__runtime.js"></script>`;
}

const choice = (name: string, current: string, options: readonly string[]): Html =>
  markup`<label>${name} <select name="${name}">${options.map(
    (option) => markup`<option${option === current ? markup` selected` : undefined}>${option}</option>`,
  )}</select></label>`;

const onOff = (name: string, on: boolean): Html => choice(name, on ? "on" : "off", ["off", "on"]);

/** The tester's panel at the foot of every page. */
export function switchPanel(switches: Switches): Html {
  return markup`<details id="switches" style="max-width:60rem;margin:2rem auto;padding:1rem;border:1px dashed #999;font:14px system-ui">
    <summary>Sandbox switches</summary>
    <form method="get" action="/__switches" style="display:flex;flex-wrap:wrap;gap:.75rem;padding-top:.75rem">
      ${onOff("adblock", switches.adblock)}
      ${choice("region", switches.region, ["us", "eu"])}
      ${choice("webhook", switches.webhook, ["normal", "first", "slow", "lost"])}
      <label>webhookDelayMs <input name="webhookDelayMs" value="${switches.webhookDelayMs}" size="6"></label>
      ${choice("payment", switches.payment, ["card", "bank"])}
      ${onOff("upsell", switches.upsell)}
      ${choice("orderId", switches.orderId, ["bare", "gid", "null"])}
      ${onOff("repeatEvent", switches.repeatEvent)}
      ${onOff("testOrder", switches.testOrder)}
      <label>ageDays <input name="ageDays" value="${switches.ageDays}" size="3"></label>
      <label>presentment <input name="presentment" value="${switches.presentment}" size="4"></label>
      <button>Set</button> <a href="/__forget">Be a new visitor</a>
    </form></details>`;
}

/**
 * An ad blocker is a Content-Security-Policy that knows every address but Meta's: scripts do not load, images and
 * requests fail, in the page as in its workers (which inherit it). Undefined: nothing is blocked.
 */
export function adBlockerPolicy(switches: Switches, appUrl: string): string | undefined {
  if (!switches.adblock) return undefined;
  const app = new URL(appUrl).origin;
  return `script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; connect-src 'self' ${app}; img-src 'self' data: ${app}; worker-src blob:`;
}
