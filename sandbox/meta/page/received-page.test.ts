import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";

import { openBrowser } from "#tests/setup/sandbox/open-browser.ts";
import { postEvents, samplePurchase } from "#tests/setup/sandbox/post-events.ts";
import { faultSchema } from "../faults/fault.ts";
import { startMeta, type MetaSandbox } from "../start-meta.ts";

let meta: MetaSandbox;
let browser: Browser;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  meta = await startMeta();
  meta.addDataset({ id: "7", name: "<b>Shop</b>" });
  browser = await openBrowser();
  page = await browser.newPage();
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(meta.url);
});
afterAll(async () => {
  await browser.close();
  await meta.close();
});

it("shows what arrives without being loaded again, as text, and keeps open what was opened, with the keyboard there", async () => {
  const token = meta.addToken({ datasets: ["7"] });
  const now = Math.floor(Date.now() / 1000) - 5;
  await page.getByText("Nothing received yet").waitFor();
  await postEvents(meta, "7", token, [samplePurchase("<i>1</i>", now)]);
  await page.getByRole("heading", { name: "Purchase <i>1</i>" }).waitFor();
  await page.getByText("Counted once; only the server sent it").waitFor();
  await page.getByText("Payload as received").click();

  await fetch(`${meta.trUrl}?id=7&ev=Purchase&eid=${encodeURIComponent("<i>1</i>")}`);
  await page.getByText("Counted once; the browser copy is kept, the other discarded").waitFor();
  await page.getByText("Payload as received").nth(1).waitFor();
  expect(await page.locator("#events details[open]").count()).toBe(1);
  expect(await page.locator("#events details[open] > summary:focus").count()).toBe(1);
  expect(await page.locator("#datasets td").first().textContent()).toBe("<b>Shop</b> (7)");
  expect(problems).toEqual([]);
});

it("switches a fault on for the next request, moves the clock and forgets", async () => {
  await page.getByLabel("Fault").selectOption("Blocked, 368");
  await page.locator("#choice").selectOption("7");
  await page.getByLabel("How often").selectOption("the next request");
  await page.getByRole("button", { name: "Switch on" }).click();
  await page.getByText("struck 0 times").waitFor();
  expect(meta.state().faults).toEqual([{ fault: { kind: "blocked", times: 1, dataset: "7" }, struck: 0 }]);
  const before = meta.now();
  await page.getByRole("button", { name: "Clock + 48 h" }).click();
  await expect.poll(() => meta.now() - before).toBeGreaterThan(47 * 3_600_000);
  await page.getByRole("button", { name: "Forget what was received" }).click();
  await page.getByText("Nothing received yet").waitFor();
});

it("offers no fault that the sandbox does not know", async () => {
  const values = (name: string): Promise<string[]> =>
    page
      .locator(`select[name=${name}] option`)
      .evaluateAll((all) => all.map((each) => each.getAttribute("value") ?? ""));
  const [presets, often] = [await values("preset"), await values("often")];
  for (const aim of often)
    for (const fault of presets) faultSchema.parse({ ...JSON.parse(fault), ...JSON.parse(aim) });
  expect([presets.length, often.length]).toEqual([19, 4]);
});
