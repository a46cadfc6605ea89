import { expect, it } from "vitest";

import { findAccessFaults } from "./find-access-faults.ts";
import { SHOP, shareAdmin } from "./share-admin.ts";

const DATASET = "4567890123456789";
const shared = shareAdmin();

it("offers what was seen, adds a rule without a pointer, and leaves the next order out", async () => {
  const { world, enter } = shared();
  await world.signIn(SHOP);
  await world.connectDataset(SHOP, DATASET);
  const wholesale = {
    kind: "channel_app",
    hasCheckout: false,
    country: "US",
    source: { name: "3041525761", appId: 3041525761n },
    tags: "Ankorstore, Net 30",
  } as const;
  for (let each = 0; each < 2; each += 1)
    await world.shopify.sendPaid(SHOP, world.shopify.placeOrder(SHOP, wholesale));
  await world.shopify.sendPaid(SHOP, world.shopify.placeOrder(SHOP, { kind: "pos", country: "US" }));

  const { open, page } = await enter();
  const app = await open("/app/settings");
  await app.getByText("No rules: no order is left out by a rule.").waitFor();
  const seen = app.getByLabel("Seen in the last 90 days");
  await seen.focus();
  await seen.selectOption({ label: "ankorstore (2 orders)" });
  await app.getByRole("button", { name: "Add rule" }).press("Enter");
  await app.getByRole("row", { name: "Tag: ankorstore 2 orders Remove" }).waitFor();

  await app.getByLabel("Leave out by").selectOption("gateway");
  await app.getByRole("button", { name: "Add rule" }).press("Enter");
  await app.getByText("Choose one from the list, or type one.").waitFor();
  await app.getByLabel("Payment gateway to leave out").fill("Klarna");
  await app.getByRole("button", { name: "Add rule" }).press("Enter");
  await app.getByRole("row", { name: "Payment gateway: Klarna 0 orders Remove" }).waitFor();
  await app.getByLabel("Leave out by").selectOption("tag");
  await app.getByLabel("Tag to leave out").fill("ANKORSTORE");
  await app.getByRole("button", { name: "Add rule" }).press("Enter");
  await app.getByText("There is such a rule already.").waitFor();
  await app.getByRole("button", { name: "Remove the rule Payment gateway: Klarna" }).press("Enter");
  await app.getByRole("row", { name: "Payment gateway: Klarna" }).waitFor({ state: "detached" });
  expect(await findAccessFaults(app)).toEqual([]);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Settings saved").waitFor();
  const phone = await enter({ width: 390 });
  const narrow = await phone.open("/app/settings");
  await narrow.getByRole("row", { name: "Tag: ankorstore 2 orders Remove" }).scrollIntoViewIfNeeded();
  expect(await findAccessFaults(narrow)).toEqual([]);
  const left = world.shopify.placeOrder(SHOP, wholesale);
  await world.shopify.sendPaid(SHOP, left);
  const log = await open("/app/events?reason=excluded_by_rule");
  await log.getByText("Left out by your rule").first().waitFor();
  await log.getByRole("link", { name: left.payload.name }).first().click();
  await log.getByText("Your rule “tag: ankorstore” leaves such orders out.").waitFor();
  expect(await findAccessFaults(log)).toEqual([]);
});
