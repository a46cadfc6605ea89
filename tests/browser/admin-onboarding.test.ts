import { expect, it } from "vitest";

import { findAccessFaults } from "./find-access-faults.ts";
import { SHOP, shareAdmin } from "./share-admin.ts";

const OPERATOR = "Example Ltd, 1 Example Street, Dublin, Ireland";
const CONTACT = "support@example.com";

const shared = shareAdmin(() => ({
  OPERATOR,
  SUPPORT_EMAIL: CONTACT,
  HOSTED_IN: "Ireland (Example Hosting)",
}));

it("says before anything is connected what it costs and who answers for the data, a key press away", async () => {
  const { world, enter } = shared();
  await world.signIn(SHOP);
  const { open, page, frame } = await enter({ width: 390 });
  const overview = await open("/app");
  await overview
    .getByText("Tandem is free. Nothing is ever charged unless you approve it in Shopify first.")
    .waitFor();
  const link = overview.getByRole("link", { name: /^Before you begin: who is responsible/ });
  expect(await findAccessFaults(overview)).toEqual([]);
  await link.focus();
  await page.keyboard.press("Enter");
  const privacy = await frame();
  await privacy.getByRole("heading", { name: "Who is responsible for your buyers’ data" }).waitFor();
});

it("tells the roles, what is kept for how long, and gives a text for the merchant's own policy", async () => {
  const { enter } = shared();
  const { open, page, resize } = await enter({ width: 390 });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const privacy = await open("/app/privacy");
  await privacy.getByRole("heading", { name: `${OPERATOR}: processor` }).waitFor();
  await privacy.getByText(`Ask for it at ${CONTACT}.`).waitFor();
  const kept = privacy.getByRole("row", { name: /^The buyer’s IP address and browser name/ });
  expect(await kept.innerText()).toContain("8 days at most");
  await privacy.getByRole("row", { name: /30 days, by your settings/ }).waitFor();

  const draft = await privacy.getByLabel("Text for your privacy policy").inputValue();
  expect(draft).toContain(`The app Tandem, run by ${OPERATOR}, does this for us`);
  expect(draft).toContain("what else was reported after 30 days");
  await privacy.getByRole("button", { name: "Copy the text" }).focus();
  await page.keyboard.press("Enter");
  await privacy.getByRole("status").getByText("Copied", { exact: true }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(draft);

  for (const width of [390, 1280]) {
    await resize(width);
    expect(await findAccessFaults(privacy), String(width)).toEqual([]);
    const sideways = await privacy.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways, String(width)).toBeLessThanOrEqual(1);
  }
});

it("serves the listing's two pages to anybody, from a cache, and nothing of a store", async () => {
  const { world, enter } = shared();
  const { page } = await enter({ width: 390 });
  for (const [path, heading, said] of [
    ["/privacy-policy", "Privacy policy of Tandem", `${OPERATOR} runs Tandem`],
    ["/privacy-policy", "Privacy policy of Tandem", "The data is stored in Ireland (Example Hosting)."],
    ["/support", "Support for Tandem", "Look through the last 7 days"],
  ] as const) {
    const answer = await page.goto(`${world.app.url}${path}`);
    expect(answer?.headers()["cache-control"], path).toBe("public, max-age=3600");
    await page.getByRole("heading", { name: heading }).waitFor();
    await page.getByText(said).waitFor();
    await page.getByRole("link", { name: CONTACT }).waitFor();
    expect(await findAccessFaults(page.mainFrame()), path).toEqual([]);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      path,
    ).toBeLessThanOrEqual(1);
    expect(await page.content(), path).not.toContain(SHOP);
  }
});
