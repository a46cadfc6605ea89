import { readFile } from "node:fs/promises";

import { expect, it } from "vitest";

import { LATE, sendOrder } from "./admin-orders.ts";
import { findAccessFaults } from "./find-access-faults.ts";
import { SHOP, shareAdmin } from "./share-admin.ts";

const DATASET = "6789012345678901";
const TITLE = "Meta refuses the access token of Web shop";

const shared = shareAdmin();

it("finds a refused token, says what it costs and leads to where it is mended", async () => {
  const { world, enter } = shared();
  await world.signIn(SHOP);
  await world.connectDataset(SHOP, DATASET, "Web shop");
  world.meta.addFault({ kind: "token_error" });
  await sendOrder(world, SHOP, LATE);
  const { open } = await enter();
  const app = await open("/app/audit");
  const heading = app.getByRole("heading", { name: TITLE });
  // The order is on its way to its refusal.
  await expect
    .poll(
      async () => {
        await app.getByRole("button", { name: "Check again" }).click();
        await app.getByText("Checked just now.").waitFor();
        return heading.count();
      },
      { interval: 2_000 },
    )
    .toBe(1);
  const finding = app.getByRole("region", { name: TITLE });
  await finding.getByText("Critical", { exact: true }).last().waitFor();
  await finding.getByText("How to mend it").waitFor();
  expect(await finding.getByRole("link", { name: "Open datasets" }).getAttribute("href")).toMatch(
    /^\/app\/datasets/,
  );
  await app.getByText("Cleared (").click();
  await app.getByText("Every event has Meta’s own name").waitFor();
  await app.getByText("Not testable (").click();
  await app.getByText("Attribution windows of your campaigns").waitFor();
  expect(await findAccessFaults(app)).toEqual([]);
});

it("puts a finding aside with the keyboard alone, for a reason, and takes it up again", async () => {
  const { open, page } = await shared().enter({ width: 390 });
  const app = await open("/app/audit");
  await app.getByRole("button", { name: "Put aside" }).focus();
  await page.keyboard.press("Enter");
  const reason = app.getByLabel("Why it can wait");
  await expect.poll(() => reason.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.press("Enter");
  await app.getByText("Say why it can wait, and for how long.").waitFor();
  expect(await findAccessFaults(app)).toEqual([]);
  await page.keyboard.type("The agency renews it on Monday");
  await page.keyboard.press("Enter");
  await app.getByText("The agency renews it on Monday").first().waitFor();
  await app.getByRole("heading", { name: "Nothing is wrong" }).waitFor();
  await app.getByRole("button", { name: "Take up again" }).click();
  await app.getByRole("heading", { name: "One thing to mend" }).waitFor();
});

it("says the worst of it on the overview, once", async () => {
  const { open } = await shared().enter();
  const app = await open("/app");
  // The overview tells of the held dataset itself.
  await app.getByText("“Web shop” stopped receiving sales").waitFor();
  expect(await app.getByText(TITLE).count()).toBe(0);
});

it("saves the report with the agency's name, and a table", async () => {
  const { open, page } = await shared().enter();
  const app = await open("/app/audit");
  await app.getByLabel("Name of the agency on the report (optional)").fill("Marta & <Co>");
  const [report] = await Promise.all([
    page.waitForEvent("download"),
    app.getByRole("button", { name: "Save the report" }).click(),
  ]);
  const html = await readFile(await report.path(), "utf8");
  expect(report.suggestedFilename()).toMatch(/^tandem-demo-audit-\d{4}-\d\d-\d\d\.html$/);
  expect(html).toContain("Marta &amp; &lt;Co&gt;");
  expect(html).toContain(TITLE);
  expect(html).not.toMatch(/<script|https?:\/\//);
  const [table] = await Promise.all([
    page.waitForEvent("download"),
    app.getByRole("button", { name: "Save as CSV" }).click(),
  ]);
  expect(await readFile(await table.path(), "utf8")).toMatch(
    /open,Critical,Proven,Meta refuses the access token/,
  );
});
