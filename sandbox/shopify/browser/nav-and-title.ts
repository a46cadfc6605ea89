import type { TitleButton, HostLink } from "./bridge-wire.ts";
import { goTo } from "./bridge-navigation.ts";

/** Watches everything of one kind in the page and calls back when any of it changes. */
function watch(selector: string, changed: () => void): void {
  let scheduled = false;
  const soon = (): void => {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      changed();
    });
  };
  const touches = (node: Node): boolean =>
    node instanceof Element && (node.closest(selector) !== null || node.querySelector(selector) !== null);
  new MutationObserver((records) => {
    const relevant = records.some(
      ({ target, addedNodes, removedNodes }) =>
        (target instanceof Element ? target : target.parentElement)?.closest(selector) ||
        [...addedNodes, ...removedNodes].some(touches),
    );
    if (relevant) soon();
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  soon();
}

/** <ui-nav-menu> and <s-app-nav>: their links become the app's menu in the admin; rel="home" stays out of it. */
export function mirrorNavMenu(link: HostLink): void {
  const selector = "ui-nav-menu, s-app-nav";
  watch(selector, () => {
    const anchors = [...document.querySelectorAll(`:is(${selector}) :is(a, s-link)[href]:not([rel="home"])`)];
    link.tell("nav", {
      links: anchors.map((each) => ({
        label: each.textContent.trim(),
        href: each.getAttribute("href") ?? "/",
      })),
    });
  });
  link.on("go", ({ href }) => goTo(href));
}

/** <ui-title-bar> (outside modals) and document.title: heading and buttons in the admin's bar. */
export function mirrorTitleBar(link: HostLink): void {
  const find = (): Element | undefined =>
    [...document.querySelectorAll("ui-title-bar")].find((each) => each.closest("ui-modal") === null);
  const clickable = (): Element[] => [...(find()?.querySelectorAll("button, a") ?? [])];
  watch("ui-title-bar, title", () => {
    link.tell("title", {
      title: find()?.getAttribute("title") ?? document.title,
      buttons: clickable().map((each): TitleButton => ({
        label: each.textContent.trim(),
        variant: each.getAttribute("variant") ?? "",
        disabled: each.hasAttribute("disabled"),
      })),
    });
  });
  link.on("titleButton", ({ index }) => {
    const element = clickable()[index];
    if (element instanceof HTMLElement) element.click();
  });
}
