import { expect, it } from "vitest";

import { findAccessFaults } from "./find-access-faults.ts";
import { SHOP, shareAdmin } from "./share-admin.ts";

const DATASET = "6789012345678901";
const STEPS = [
  "Dataset connected",
  "Theme embed on",
  "Checkout tracking on",
  "First purchase received",
  "First sale counted once",
];

const shared = shareAdmin();

it("names each step by its result, and opens it with what to do", async () => {
  const { world, enter } = shared();
  await world.signIn(SHOP);
  const app = await (await enter({ width: 390 })).open("/app");
  for (const name of STEPS) {
    const step = app.getByRole("button", { name });
    if ((await step.getAttribute("aria-expanded")) === "false") await step.click();
    const region = app.locator(`[id="${await step.getAttribute("aria-controls")}"]`);
    expect(await region.isVisible(), name).toBe(true);
    expect((await region.innerText()).length, name).toBeGreaterThan(40);
    expect(await findAccessFaults(app)).toEqual([]);
  }
  expect(await app.locator("[aria-expanded=true]").count()).toBe(1);
});

it("shows the embed as on when the merchant comes back from the theme editor, in the page that stayed open", async () => {
  const { world, enter } = shared();
  await world.connectDataset(SHOP, DATASET);
  const { open, page } = await enter();
  const app = await open("/app");
  await app.getByRole("button", { name: "To do: Theme embed on", expanded: true }).waitFor();
  const editor = page.context().waitForEvent("page");
  await app.getByRole("link", { name: /^Open the theme editor/ }).click();
  expect((await editor).url()).toContain("/themes/current/editor?context=apps");
  world.shopify.store(SHOP).embed.active = true;
  await (await editor).close();
  await app.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await app.getByRole("button", { name: "Done: Theme embed on" }).waitFor();
  await app.getByRole("button", { name: "To do: First purchase received", expanded: true }).waitFor();
});

it("sees a test purchase at once", async () => {
  const { world, enter } = shared();
  const app = await (await enter()).open("/app");
  await app.getByRole("button", { name: "To do: First purchase received", expanded: true }).waitFor();
  const other = await enter();
  const test = await other.open("/app/test-events");
  await test.getByLabel("Code").fill("TEST12345");
  await other.page.getByRole("button", { name: "Save" }).click();
  await test.getByRole("button", { name: "Send test purchase" }).click();
  await test.getByText("Accepted by Meta").waitFor();
  await app.getByRole("button", { name: "Done: First purchase received" }).waitFor();
  await app.getByRole("button", { name: "To do: First sale counted once", expanded: true }).waitFor();
  expect(world.meta.events({ dataset: DATASET })).toHaveLength(1);
});
