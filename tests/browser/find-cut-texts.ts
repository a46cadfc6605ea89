import type { Frame } from "playwright-core";

/**
 * Texts of a page that a reader cannot see whole, one line each: their element, or one around it, hides what does not fit. What
 * is meant to be cut, or to be heard alone, or can be scrolled to is not among them.
 */
export function findCutTexts(frame: Frame): Promise<readonly string[]> {
  return frame.evaluate(() => {
    const hides = (value: string) => value === "hidden" || value === "clip";
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = (node.textContent ?? "").trim();
      const own = node.parentElement;
      if (text === "" || own === null || own.closest("script, style, noscript, option, [inert]")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const rects = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
      if (rects.length === 0) continue;
      const left = Math.min(...rects.map((rect) => rect.left));
      const right = Math.max(...rects.map((rect) => rect.right));
      for (let around: HTMLElement | null = own; around; around = around.parentElement) {
        const style = getComputedStyle(around);
        const box = around.getBoundingClientRect();
        const isUnseen =
          style.visibility === "hidden" ||
          Number(style.opacity) === 0 ||
          style.clipPath !== "none" ||
          box.width <= 1;
        if (isUnseen || style.textOverflow === "ellipsis") break;
        if (style.overflowX === "auto" || style.overflowX === "scroll") break;
        if (!hides(style.overflowX)) continue;
        if (right > box.right + 1 || left < box.left - 1) {
          found.push(`${around.tagName.toLowerCase()}.${around.className} cuts "${text.slice(0, 60)}"`);
          break;
        }
      }
    }
    return found;
  });
}
