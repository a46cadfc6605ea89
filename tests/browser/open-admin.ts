import type { Browser, BrowserContext, Frame, Page } from "playwright-core";

import { openBrowser, watchProblems } from "#tests/setup/sandbox/open-browser.ts";
import { STAFF_LOCALE_COOKIE } from "#sandbox/shopify/admin/staff-locale.ts";
import { BROWSER_AGENT, type World } from "#sandbox/start-world.ts";

/** A merchant in front of the sandbox's admin, with Tandem in its frame. */
export interface Admin {
  readonly page: Page;
  /** Opens a page of the app as a click in the admin does, and gives its frame once the page is alive. */
  open(path: string): Promise<Frame>;
  /** Makes the window so many pixels wide and waits until the app's frame has settled into it. */
  resize(width: number): Promise<void>;
  /** The app's frame as it is now. */
  frame(): Promise<Frame>;
  /** Console errors, failed scripts and failed requests since the start. */
  problems(): readonly string[];
  /** Takes off the list what a test brought about itself. */
  forgive(pattern: RegExp): void;
  close(): Promise<void>;
}

export interface AdminOptions {
  readonly shop: string;
  readonly width?: number;
  readonly height?: number;
  /** Pixels of the screen for each of the page's. Default 1. */
  readonly scale?: number;
  /** Default true. */
  readonly javaScript?: boolean;
  /** BCP 47; the browser's own language. */
  readonly locale?: string;
  /** BCP 47; that Shopify's admin is read in. Default English. */
  readonly language?: string;
}

/** Several admins may share one browser; each has a session of its own. */
export async function openAdmin(world: World, browser: Browser, options: AdminOptions): Promise<Admin> {
  const height = options.height ?? 900;
  const context: BrowserContext = await browser.newContext({
    // Shopify's library turns away what calls itself headless.
    userAgent: BROWSER_AGENT,
    viewport: { width: options.width ?? 1280, height },
    deviceScaleFactor: options.scale ?? 1,
    javaScriptEnabled: options.javaScript ?? true,
    locale: options.locale ?? "en-US",
    reducedMotion: "reduce",
  });
  if (options.language !== undefined)
    await context.addCookies([
      { name: STAFF_LOCALE_COOKIE, value: options.language, url: world.shopify.url },
    ]);
  // On a phone Shopify's admin shows no sidebar: the frame has the whole width.
  if (options.javaScript ?? true)
    await context.addInitScript(() => {
      if (window.top !== window) return;
      document.addEventListener("DOMContentLoaded", () => {
        const style = document.createElement("style");
        style.textContent = "@media (width < 640px) { aside { display: none } }";
        document.head.append(style);
      });
    });
  const page = await context.newPage();
  const problems: string[] = [];
  watchProblems(page, problems);
  const frame = async (): Promise<Frame> => {
    const found = await (await page.waitForSelector("iframe#app")).contentFrame();
    if (!found) throw new Error("the app has no frame");
    return found;
  };
  return {
    page,
    frame,
    open: async (path) => {
      await page.goto(world.shopify.adminUrl(options.shop, path));
      const app = await frame();
      await app.waitForFunction(() => "__remixContext" in window && "shopify" in window);
      await app.waitForFunction(() => {
        const page = document.querySelector(".Polaris-Page");
        return page !== null && Object.keys(page).some((key) => key.startsWith("__reactFiber"));
      });
      // What loads after the page, such as charts; a busy machine must not fail a test for it.
      await app.waitForLoadState("networkidle", { timeout: 5_000 }).catch(() => undefined);
      return app;
    },
    resize: async (width) => {
      await page.setViewportSize({ width, height });
      await (await frame()).evaluate(settled);
    },
    problems: () => problems,
    forgive: (pattern) => {
      problems.splice(0, problems.length, ...problems.filter((problem) => !pattern.test(problem)));
    },
    close: () => context.close(),
  };
}

/** Runs in a page: resolves once it has been painted and then nothing in it has changed for 100 ms. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    let quiet: ReturnType<typeof setTimeout>;
    const wait = (): void => {
      clearTimeout(quiet);
      quiet = setTimeout(() => {
        observer.disconnect();
        resolve();
      }, 100);
    };
    const observer = new MutationObserver(wait);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        wait();
      }),
    );
  });
}

/** Label of the field in which the keyboard stands. */
export function focusedLabel(frame: Frame): Promise<string | undefined> {
  return frame.evaluate(() => {
    const { activeElement } = document;
    return activeElement instanceof HTMLInputElement ? activeElement.labels?.[0]?.innerText : undefined;
  });
}

export { openBrowser };
