import type { MouseEvent } from "react";

/** Where a plain press on a row leads: its own link when the press was beside every link, and no text was marked. */
export function pressedAddress(event: MouseEvent<HTMLElement>): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  if (!(event.target instanceof Element) || event.defaultPrevented) return null;
  const link = event.target.closest("a");
  if (link !== null) return link.hasAttribute("data-primary-link") ? link.getAttribute("href") : null;
  if (String(window.getSelection() ?? "") !== "") return null;
  return event.target.closest("tr")?.querySelector("a[data-primary-link]")?.getAttribute("href") ?? null;
}
