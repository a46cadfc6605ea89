import { expect, it } from "vitest";

import { findAccessFaults } from "./find-access-faults.ts";
import { focusedLabel } from "./open-admin.ts";
import { SHOP, shareAdmin } from "./share-admin.ts";

const DATASET = "5678901234567890";

const shared = shareAdmin();

it("asks for a dataset first, then for a code", async () => {
  const { world, enter } = shared();
  await world.signIn(SHOP);
  const { open } = await enter();
  const empty = await open("/app/test-events");
  await empty.getByText("A test needs an active dataset").waitFor();
  expect(await findAccessFaults(empty)).toEqual([]);
  await world.connectDataset(SHOP, DATASET, "Web shop");
  const ready = await open("/app/test-events");
  await ready.getByText("Meta counts test events like any other").waitFor();
  await ready.getByText("Save a test event code first.").waitFor();
  expect(await ready.getByRole("button", { name: "Send test purchase" }).isDisabled()).toBe(true);
  expect(await findAccessFaults(ready)).toEqual([]);
});

it("sends one pair under one event ID, with the code on both copies, and shows each step", async () => {
  const { world, enter } = shared();
  const { open, page } = await enter();
  const app = await open("/app/test-events");
  const code = app.getByLabel("Code");
  await code.fill("no code!");
  await page.getByRole("button", { name: "Save" }).click();
  await app.getByText("A test event code looks like TEST12345").waitFor();
  expect(await focusedLabel(app)).toBe("Code");
  await code.fill(DATASET);
  await page.getByRole("button", { name: "Save" }).click();
  await app.getByText("This looks like a dataset ID.").waitFor();
  await code.fill("\u200bTEST 12345\n");
  await page.getByRole("button", { name: "Save" }).click();
  await app.getByText("Ends by itself on").waitFor();

  await app.getByRole("button", { name: "Send test purchase" }).click();
  await app.getByText("Accepted by Meta").waitFor();
  await app.getByText("In Events Manager, “Test events”").waitFor();
  const [event, ...others] = world.meta.events({ dataset: DATASET });
  expect(others).toEqual([]);
  expect(event).toMatchObject({ name: "Purchase", counted: 1, differences: [] });
  expect(event?.copies.map(({ channel, testCode }) => [channel, testCode]).sort()).toEqual([
    ["browser", "TEST12345"],
    ["server", "TEST12345"],
  ]);
  expect(await findAccessFaults(app)).toEqual([]);
});

it("says what Meta said when the server copy is refused", async () => {
  const { world, enter } = shared();
  world.meta.addFault({ kind: "token_error", subcode: 463 });
  const { open } = await enter();
  const app = await open("/app/test-events");
  await app.getByRole("button", { name: "Send test purchase" }).click();
  await app.getByText("Failed").waitFor();
  await app
    .getByText(/expired/i)
    .first()
    .waitFor();
  world.meta.setFaults([]);
  expect(await findAccessFaults(app)).toEqual([]);
});
