import type { StorefrontWindow } from "./storefront-window.ts";

/** What this browser remembers under `tandem:<name>`: null = nothing, undefined = it lets nothing be remembered. */
export function readMark(page: StorefrontWindow, name: string): string | null | undefined {
  try {
    return page.localStorage.getItem(`tandem:${name}`);
  } catch {
    return undefined;
  }
}

/** Remembers a value; false where the browser would not keep it. */
export function writeMark(page: StorefrontWindow, name: string, value: string): boolean {
  try {
    page.localStorage.setItem(`tandem:${name}`, value);
    return true;
  } catch {
    return false;
  }
}
