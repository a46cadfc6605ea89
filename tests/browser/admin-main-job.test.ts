import { expect, it } from "vitest";

import { SHOP, shareAdmin } from "./share-admin.ts";

const DATASET = "1234567890123456";

const shared = shareAdmin();

it("takes a merchant from the first sign-in to a sale that Meta counted once", async () => {
  const { world, enter } = shared();
  world.meta.addDataset({ id: DATASET, name: "Web" });
  const token = world.meta.addToken({ datasets: [DATASET] });
  const { page, open } = await enter();
  const app = page.frameLocator("iframe#app");

  await page.goto(world.shopify.adminUrl(SHOP));
  await page.getByRole("button", { name: "Install" }).click();
  await app.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
  await page.getByRole("navigation").getByRole("link", { name: "Datasets" }).click();
  await app.getByRole("link", { name: "Connect dataset" }).click();

  const tokenField = app.getByLabel("Access token");
  await app.getByLabel("Dataset ID").fill(DATASET);
  await tokenField.fill("EAAB-this-is-no-token-of-this-dataset");
  await app.getByRole("button", { name: "Connect" }).click();
  await app.getByText("Meta does not accept this access token.").waitFor();
  expect(await tokenField.getAttribute("aria-invalid")).toBe("true");
  expect(await app.getByLabel("Dataset ID").inputValue()).toBe(DATASET);

  await tokenField.fill(token);
  await app.getByRole("button", { name: "Connect" }).click();
  // The guide goes on by itself with what comes next.
  await app.getByRole("button", { name: "Theme embed on", expanded: true }).waitFor();
  await app.getByRole("button", { name: "Done: Dataset connected", expanded: false }).waitFor();
  await page.getByText("Connected: Meta accepts the access token").waitFor();
  expect(await app.locator("html").innerHTML()).not.toContain(token);

  const order = world.shopify.placeOrder(SHOP, { country: "US", paid: false });
  const outcome = await world.shopify.pay(SHOP, order.id);
  expect(outcome).toMatchObject({ kind: "delivered", status: 200 });
  const number = String(order.payload.order_number);
  await expect.poll(() => world.meta.event(DATASET, "Purchase", number)?.counted, { interval: 500 }).toBe(1);

  await expect.poll(async () => (await open("/app")).getByText("1 of 1 sent").count()).toBeGreaterThan(0);
  await app.getByText("Nothing was left out.").waitFor();
});
