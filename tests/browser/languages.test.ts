import type { Frame } from "playwright-core";
import { describe, expect, it } from "vitest";

import { BROWSER_AGENT } from "#sandbox/start-world.ts";
import { ENGLISH as CATALOGUE } from "#app/texts/catalogue.ts";
import type { Language } from "#app/texts/language.ts";

import { LATE, arrived, sendOrder } from "./admin-orders.ts";
import { findCutTexts } from "./find-cut-texts.ts";
import type { Admin } from "./open-admin.ts";
import { SHOP, shareAdmin } from "./share-admin.ts";

const DATASET = "1234567890123456";
const WIDTHS = [390, 1280] as const;

/** What Shopify calls a language, the headings of two pages in it, and its way with dollars and a day in March. */
const LANGUAGES: readonly {
  readonly locale: string;
  readonly lang: Language;
  readonly overview: string;
  readonly settings: string;
  readonly amount: (whole: string, cents: string) => string;
}[] = [
  {
    locale: "de-DE",
    lang: "de",
    overview: "Übersicht",
    settings: "Einstellungen",
    amount: (whole, cents) => `${whole},${cents}\u00a0$`,
  },
  {
    locale: "fr",
    lang: "fr",
    overview: "Aperçu",
    settings: "Paramètres",
    amount: (whole, cents) => `${whole},${cents}\u00a0$`,
  },
  {
    locale: "es",
    lang: "es",
    overview: "Resumen",
    settings: "Configuración",
    amount: (whole, cents) => `${whole},${cents}\u00a0$`,
  },
  {
    locale: "pt-BR",
    lang: "pt-BR",
    overview: "Visão geral",
    settings: "Configurações",
    amount: (whole, cents) => `$\u00a0${whole},${cents}`,
  },
  {
    locale: "ja",
    lang: "ja",
    overview: "概要",
    settings: "設定",
    amount: (whole, cents) => `$${whole}.${cents}`,
  },
];

/** Sentences of the English catalogue that a page in another language must not show. */
const ENGLISH = sentencesOf(CATALOGUE).filter((text) => !text.includes("{{") && text.split(" ").length > 3);

const shared = shareAdmin();

interface Part {
  readonly [name: string]: string | Part;
}
function sentencesOf(part: Part): readonly string[] {
  return Object.values(part).flatMap((text) => (typeof text === "string" ? [text] : sentencesOf(text)));
}

/** What is wrong with a page in a language, at both widths. */
async function faultsOf(
  merchant: Admin,
  frame: Frame,
  lang: string,
  page: string,
): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const width of WIDTHS) {
    await merchant.resize(width);
    const says = (fault: string) => faults.push(`${lang} ${page} at ${width}: ${fault}`);
    const tag = await frame.evaluate(() => document.documentElement.lang);
    if (tag !== lang) says(`calls itself ${tag}`);
    const wider = await frame.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wider > 0) says(`is ${wider} px wider than its frame`);
    for (const cut of await findCutTexts(frame)) says(cut);
    const text = await frame.locator("body").innerText();
    for (const left of ENGLISH.filter((each) => text.includes(each))) says(`says "${left}"`);
  }
  return faults;
}

/** Leads to another page as a link in the app does, without loading a document, and waits until it is drawn. */
async function goTo(frame: Frame, page: string): Promise<void> {
  await frame.evaluate((href) => {
    document.querySelector(".Polaris-Page")?.setAttribute("data-left", "");
    const anchor = document.createElement("a");
    anchor.setAttribute("href", href);
    document.body.append(anchor);
    anchor.dispatchEvent(new Event("shopify:navigate", { bubbles: true }));
    anchor.remove();
  }, page);
  await frame.locator(".Polaris-Page:not([data-left]) h1").waitFor();
}

/** Every language in a window of its own, at the same time: on the server their requests interleave. */
async function inEach(
  work: (merchant: Admin, language: (typeof LANGUAGES)[number]) => Promise<readonly string[]>,
) {
  const faults = await Promise.all(
    LANGUAGES.map(async (language) => work(await shared().enter({ language: language.locale }), language)),
  );
  expect(faults.flat()).toEqual([]);
}

describe("in another language than English", () => {
  it("leads through the setup", async () => {
    await shared().world.signIn(SHOP);
    await inEach(async (merchant, { lang, overview }) => {
      const frame = await merchant.open("/app");
      await frame.getByRole("heading", { level: 1, name: overview, exact: true }).waitFor();
      return faultsOf(merchant, frame, lang, "setup");
    });
  });

  it("shows every page whole, in its words and numbers", async () => {
    const { world } = shared();
    await world.connectDataset(SHOP, DATASET);
    const order = await sendOrder(world, SHOP, LATE);
    await arrived(world, DATASET, order);
    const [whole = "", cents = ""] = order.payload.current_total_price.split(".");
    // Thousands are grouped in other ways; that is a test of its own (tests/unit/conventions.test.ts).
    expect(whole.length).toBeLessThan(4);
    await inEach(async (merchant, { lang, amount }) => {
      const faults: string[] = [];
      const frame = await merchant.open("/app");
      const look = async (page: string) => faults.push(...(await faultsOf(merchant, frame, lang, page)));
      await look("/app");
      // From here on as links lead: only the browser still knows the language.
      await goTo(frame, "/app/events");
      expect(await frame.locator("body").innerText()).toContain(amount(whole, cents));
      await look("/app/events");
      const href = await frame.locator('a[href^="/app/events/"]').first().getAttribute("href");
      for (const page of [href ?? "", "/app/audit", "/app/settings", "/app/datasets"]) {
        await goTo(frame, page);
        await look(page);
      }
      return faults;
    });
  });

  it("answers six languages at once, each in its own", async () => {
    const { world } = shared();
    const ask = async (locale: string) => {
      const page = await fetch(await world.shopify.launchUrl(SHOP, "/app/settings", locale), {
        headers: { "user-agent": BROWSER_AGENT },
      });
      return {
        html: await page.text(),
        link: page.headers.get("link") ?? "",
        cache: page.headers.get("cache-control"),
      };
    };
    const asked = [...LANGUAGES, ...LANGUAGES, ...LANGUAGES];
    const pages = await Promise.all(asked.map(({ locale }) => ask(locale)));
    for (const [index, { lang, settings }] of asked.entries()) {
      const { html = "", link, cache } = pages[index] ?? {};
      expect(html).toContain(`<html lang="${lang}">`);
      expect(html).toMatch(new RegExp(`<h1[^>]*>(<[^>]*>)*${settings}<`));
      expect(link).toMatch(new RegExp(`</assets/language-${lang}-[\\w-]+\\.js>; rel=modulepreload`));
      expect(cache).toBe("private, no-store");
      for (const each of LANGUAGES.filter((other) => other.lang !== lang))
        if (each.settings !== settings) expect(html).not.toContain(`>${each.settings}<`);
    }
    const english = await ask("en-GB");
    expect(english.html).toContain('<html lang="en">');
    expect(english.link).not.toContain("language-");
  });
});

it("keeps the language on the way to a session, and on a link that is followed before the page is alive", async () => {
  const { world } = shared();
  const launch = new URL(await world.shopify.launchUrl(SHOP, "/app/settings", "ja"));
  launch.searchParams.delete("id_token");
  const ask = (address: URL, headers: Readonly<Record<string, string>> = {}) =>
    fetch(address, { redirect: "manual", headers: { "user-agent": BROWSER_AGENT, ...headers } });
  const bounced = new URL((await ask(launch)).headers.get("location") ?? "", launch);
  expect(bounced.pathname).toBe("/auth/session-token");
  const reload = new URL(bounced.searchParams.get("shopify-reload") ?? "");
  expect(reload.searchParams.get("locale")).toBe("ja");

  const link = new URL("/app/events", launch);
  const led = await ask(link, { referer: launch.href });
  expect(new URL(led.headers.get("location") ?? "", link).searchParams.get("locale")).toBe("ja");
});

describe("in German", () => {
  it("names a mistake in German, saves in German, and says so", async () => {
    const { page, open } = await shared().enter({ language: "de-DE" });
    const app = await open("/app/settings");
    const wait = app.getByLabel("Auf den Browser warten");
    await wait.fill("500");
    // The save bar is the admin's own; the sandbox's speaks English.
    await page.getByRole("button", { name: "Save" }).click();
    await app.getByText("Höchstens 120 Sekunden: Meta will Events zeitnah haben.").waitFor();
    await wait.fill("7");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Einstellungen gespeichert").waitFor();
    const again = await open("/app/settings");
    expect(await again.getByLabel("Auf den Browser warten").inputValue()).toBe("7");
  });

  it("fetches the texts of no other language, and files in German", async () => {
    const merchant = await shared().enter({ language: "de" });
    const scripts: string[] = [];
    merchant.page.on("request", (request) => {
      const name = /\/assets\/language-([^/]*)-[\w-]{8}\.js/.exec(request.url())?.[1];
      if (name !== undefined) scripts.push(name);
    });
    const app = await merchant.open("/app/audit");
    expect([...new Set(scripts)]).toEqual(["de"]);
    const read = (address: string) => app.evaluate(async (url) => (await fetch(url)).text(), address);
    expect(await read("/app/audit/report")).toContain('<html lang="de">');
    expect((await read("/app/audit/csv")).split("\n")[0]).toContain("Schweregrad");
    expect(await read("/app/events/csv")).toContain(",delivered,Gesendet,");
  });
});

it("is looked at by what finds a text that is cut, and no other", async () => {
  const { page } = await shared().enter();
  await page.setContent(`
    <p style="width: 60px; overflow: hidden; white-space: nowrap">Too long for its place</p>
    <div style="width: 60px; overflow: clip"><span style="white-space: nowrap">Cut by what is around it</span></div>
    <p style="width: 60px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis">Cut on purpose with dots</p>
    <p style="width: 60px; overflow: auto; white-space: nowrap">Can be scrolled to its end</p>
    <p style="width: 60px; overflow: hidden">Goes on in the next line</p>
    <p style="position: absolute; clip-path: inset(50%); overflow: hidden; width: 1px">Is heard alone</p>`);
  const cut = await findCutTexts(page.mainFrame());
  expect(cut.map((line) => /"(.*)"/.exec(line)?.[1])).toEqual([
    "Too long for its place",
    "Cut by what is around it",
  ]);
});

it("works in English where the script with a language's texts does not come", async () => {
  const merchant = await shared().enter({ language: "fr" });
  await merchant.page.route("**/assets/language-*", (route) => route.abort());
  const app = await merchant.open("/app");
  await app.getByRole("heading", { level: 1, name: "Overview" }).waitFor({ state: "attached" });
  expect(await app.evaluate(() => document.documentElement.lang)).toBe("en");
  await goTo(app, "/app/settings");
  await app.getByRole("heading", { level: 1, name: "Settings" }).waitFor({ state: "attached" });
  // What the server says to it is in the language that the page speaks.
  expect(await app.evaluate(async () => (await fetch("/app/audit/report")).text())).toContain(
    '<html lang="en">',
  );
  // That the script did not come, and that React drew the page anew because it is in another language than the server's.
  merchant.forgive(/Failed to load resource|ERR_FAILED|Minified React error #(418|423|425)/);
});

it("in English fetches the texts of no language besides", async () => {
  const merchant = await shared().enter();
  const scripts: string[] = [];
  merchant.page.on("request", (request) => scripts.push(new URL(request.url()).pathname));
  await merchant.open("/app");
  expect(scripts.filter((each) => each.includes("/language-"))).toEqual([]);
  expect(scripts.length).toBeGreaterThan(5);
});
