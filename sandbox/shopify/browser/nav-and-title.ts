import { goTo } from "./bridge-navigation.ts";
import type { HostLink, Requests } from "./bridge-wire.ts";

/** Tells the admin what `read` finds in the page, now and whenever that has changed. */
function mirror<N extends "nav" | "title">(link: HostLink, name: N, read: () => Requests[N]): void {
  let told = "";
  const tell = (): void => {
    const found = read();
    if (told === JSON.stringify(found)) return;
    told = JSON.stringify(found);
    link.tell(name, found);
  };
  const everything = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(tell).observe(document, everything);
  tell();
}

/** <ui-nav-menu> and <s-app-nav>: their links become the app's menu in the admin; rel="home" stays out of it. */
export function mirrorNavMenu(link: HostLink): void {
  const anchors = ':is(ui-nav-menu, s-app-nav) :is(a, s-link)[href]:not([rel="home"])';
  mirror(link, "nav", () => ({
    links: [...document.querySelectorAll(anchors)].map((each) => ({
      label: each.textContent.trim(),
      href: each.getAttribute("href") ?? "/",
    })),
  }));
  link.on("go", ({ href }) => goTo(href));
}

/** The document's title is the page's in the admin's bar. */
export function mirrorTitle(link: HostLink): void {
  mirror(link, "title", () => ({ title: document.title }));
}
