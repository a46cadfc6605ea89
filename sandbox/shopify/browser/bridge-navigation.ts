import { adminAddress, visiblePath, type BridgeConfig } from "./bridge-config.ts";
import type { HostLink } from "./host-link.ts";

/** Tells the admin where in the app we are, so that its address follows. */
export function followHistory(link: HostLink): void {
  const report = (replace: boolean): void =>
    link.tell("navigated", { path: visiblePath(new URL(window.location.href)), replace });
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name].bind(history);
    history[name] = (...given: Parameters<History["pushState"]>) => {
      original(...given);
      report(name === "replaceState");
    };
  }
  window.addEventListener("popstate", () => report(true));
  report(true);
}

/**
 * Moves the app to one of its own pages. The framework gets the first word (the library's AppProvider listens to
 * shopify:navigate and calls its router); the element must carry the address.
 */
export function goTo(href: string): void {
  const anchor = document.createElement("a");
  anchor.setAttribute("href", href);
  anchor.hidden = true;
  document.body.append(anchor);
  anchor.dispatchEvent(new Event("shopify:navigate", { bubbles: true }));
  anchor.remove();
}

/** Sends addresses of Shopify's admin, by link or window.open, to the sandbox's admin. */
export function catchAdminLinks(config: BridgeConfig, link: HostLink): void {
  const originalOpen = window.open.bind(window);
  const open = (address: string, target: string): boolean => {
    const admin = adminAddress(address, config);
    const outer = target === "_top" || target === "_parent";
    if (admin !== undefined && target === "_blank") originalOpen(admin, "_blank", "noopener");
    else if (admin !== undefined || outer) {
      link.tell("open", { url: admin ?? new URL(address, window.location.href).href, target: "_top" });
    } else return false;
    return true;
  };
  window.open = (address, target, features) =>
    address !== undefined && open(String(address), target ?? "_blank")
      ? null
      : originalOpen(address, target, features);
  document.addEventListener(
    "click",
    (event) => {
      const anchor = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!anchor || event.defaultPrevented) return;
      const target = anchor.getAttribute("target") ?? "_self";
      if (open(anchor.getAttribute("href") ?? "", target)) event.preventDefault();
    },
    true,
  );
}
