import { readFile } from "node:fs/promises";

import { expect, it } from "vitest";

import { LATE, arrived, sendOrder } from "./admin-orders.ts";
import { findAccessFaults } from "./find-access-faults.ts";
import { SHOP, shareAdmin } from "./share-admin.ts";

const DATASET = "1234567890123456";

const shared = shareAdmin();

it("shows what a customer asked for, hands over the data, and says what was erased", async () => {
  const { world, enter } = shared();
  await world.signIn(SHOP);
  await world.connectDataset(SHOP, DATASET);
  const merchant = await enter();
  const empty = await merchant.open("/app/privacy");
  await empty.getByText("No privacy requests yet").waitFor();
  expect(await findAccessFaults(empty)).toEqual([]);

  const order = await sendOrder(world, SHOP, LATE);
  await arrived(world, DATASET, order);
  await world.shopify.requestPrivacy(SHOP, "customers/data_request", order.id);
  const asked = await merchant.open("/app/privacy");
  await asked.getByText("A customer asked for their data").waitFor();
  await asked.getByText("Tandem has data of 1 order of this customer.").waitFor();
  expect(await findAccessFaults(asked)).toEqual([]);

  const download = merchant.page.waitForEvent("download");
  await asked.getByRole("button", { name: "Download the data" }).click();
  const text = await readFile(await (await download).path(), "utf8");
  expect(text).toContain(String(order.payload.order_number));
  const { email } = order.payload;
  expect(email).toContain("@");
  expect(text).not.toContain(email);

  await world.shopify.requestPrivacy(SHOP, "customers/redact", order.id);
  const erased = await merchant.open("/app/privacy");
  await erased.getByText("A customer asked to be forgotten").waitFor();
  await erased.getByText("The customer’s data was erased from 1 order.").waitFor();
  const narrow = await (await enter({ width: 390 })).open("/app/privacy");
  expect(await findAccessFaults(narrow)).toEqual([]);
});
