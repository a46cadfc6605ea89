import { readFile } from "node:fs/promises";

import type { Frame } from "playwright-core";
import { beforeAll, expect, it } from "vitest";

import { CONSENTED, LATE, arrived, sendOrder } from "./admin-orders.ts";
import { SHOP, shareAdmin } from "./share-admin.ts";

const DATASET = "1234567890123456";

const shared = shareAdmin();
/** Order numbers: one sent from the online store, one from the till, two that Meta refuses, one without consent. */
let numbers: { fine: string; till: string; refused: readonly [string, string]; skipped: string };

beforeAll(async () => {
  const { world } = shared();
  await world.signIn(SHOP);
  await world.connectDataset(SHOP, DATASET);
  const place = () =>
    world.shopify.placeOrder(SHOP, { kind: "web", country: "US", noteAttributes: CONSENTED, ...LATE });
  const refused = [place(), place()] as const;
  const numberOf = (record: { payload: { order_number: number } }) => String(record.payload.order_number);
  world.meta.setFaults(refused.map((record) => ({ kind: "reject_event", eventId: numberOf(record) })));
  for (const record of refused) await world.shopify.sendPaid(SHOP, record);
  const fine = await sendOrder(world, SHOP, LATE);
  const till = await sendOrder(world, SHOP, { ...LATE, kind: "pos" });
  const skipped = await sendOrder(world, SHOP, { ...LATE, country: "DE", noteAttributes: [] });
  await arrived(world, DATASET, fine);
  await arrived(world, DATASET, till);
  numbers = {
    fine: numberOf(fine),
    till: numberOf(till),
    refused: [numberOf(refused[0]), numberOf(refused[1])],
    skipped: numberOf(skipped),
  };
});

/** The order numbers that the log shows, from the top. */
const shown = async (frame: Frame) =>
  (await frame.locator("a[data-primary-link]").allTextContents()).map((name) => name.replace(/\D/g, ""));
const shows = (frame: Frame, expected: readonly string[]) =>
  expect.poll(async () => (await shown(frame)).sort()).toEqual([...expected].sort());

it("finds by number, status and source, keeps it in the address, and shows it again there", async () => {
  const merchant = await shared().enter();
  const frame = await merchant.open("/app/events");
  const { fine, till, refused, skipped } = numbers;
  await shows(frame, [fine, till, ...refused, skipped]);
  await expect.poll(() => frame.getByText("Failed", { exact: true }).count()).toBe(2);

  await frame.getByText("5 orders", { exact: true }).waitFor();
  await frame.getByText("2 orders failed:").waitFor();
  const inShopify = frame.getByRole("link", { name: new RegExp(`Order .*${fine} in Shopify`) });
  expect(await inShopify.getAttribute("href")).toMatch(
    /^https:\/\/tandem-demo\.myshopify\.com\/admin\/orders\/\d+$/,
  );
  expect(await inShopify.getAttribute("target")).toBe("_top");
  await frame.getByPlaceholder("Order number or ID").fill(till.slice(1));
  await shows(frame, [till]);
  await frame.getByPlaceholder("Order number or ID").fill(`#${till}`);
  await shows(frame, [till]);
  // Both searches find the same order: what tells them apart is the address.
  await expect.poll(() => frame.url()).toContain(`q=%23${till}`);
  await frame.getByPlaceholder("Order number or ID").fill("");
  await shows(frame, [fine, till, ...refused, skipped]);

  await frame.getByRole("button", { name: "Status" }).click();
  await frame.getByRole("checkbox", { name: "Failed" }).click();
  await shows(frame, refused);
  expect(frame.url()).toContain("status=dead");
  // Two presses, the second before the first is answered.
  await frame.getByRole("checkbox", { name: "Not sent" }).click();
  await frame.getByRole("checkbox", { name: "Sent", exact: true }).click();
  await shows(frame, [fine, till, ...refused, skipped]);
  await frame.getByRole("checkbox", { name: "Sent", exact: true }).click();
  await shows(frame, [...refused, skipped]);

  const again = await merchant.open("/app/events?source=pos");
  await shows(again, [till]);
  await again.getByRole("button", { name: "Clear all" }).click();
  await again.getByRole("tab", { name: "Not sent" }).click();
  await shows(again, [skipped]);
  expect(again.url()).not.toContain("source=pos");
});

it("says why nothing is found, and leads back", async () => {
  const frame = await (await shared().enter()).open("/app/events?q=999999999&status=dead");
  await frame.getByText("No orders match").waitFor();
  await frame.getByRole("link", { name: "Clear filters" }).click();
  await expect.poll(async () => (await shown(frame)).length).toBe(5);
});

it("saves what the filters find as a file", async () => {
  const merchant = await shared().enter();
  const frame = await merchant.open("/app/events?status=dead");
  const download = merchant.page.waitForEvent("download");
  await frame.getByRole("button", { name: "Export CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^tandem-demo-events-\d{4}-\d{2}-\d{2}\.csv$/);
  const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(3);
  for (const number of numbers.refused)
    expect(lines.slice(1).filter((line) => line.includes(number))).toHaveLength(1);
  expect(lines.join("\n")).not.toContain(numbers.fine);
});

it("sends again what failed: of the log what is shown, of an event that one", async () => {
  const { world, enter } = shared();
  const [first, second] = numbers.refused;
  const merchant = await enter();
  const frame = await merchant.open(`/app/events?q=${first}`);
  world.meta.setFaults([]);
  await frame.getByRole("button", { name: "Retry failed" }).click();
  const dialog = frame.getByRole("dialog");
  await dialog.getByText("1 order will be sent again with the same event ID").waitFor();
  await dialog.getByRole("button", { name: "Send again" }).click();
  await expect.poll(() => world.meta.event(DATASET, "Purchase", first)?.counted).toBe(1);
  expect(world.meta.event(DATASET, "Purchase", second)).toBeUndefined();

  const detail = await merchant.open(`/app/events?q=${second}`);
  await detail.locator("a[data-primary-link]").click();
  await detail.getByRole("button", { name: "Send again" }).click();
  await detail.getByRole("dialog").getByText("with the same event ID").waitFor();
  await detail.getByRole("dialog").getByRole("button", { name: "Send again" }).click();
  await expect.poll(() => world.meta.event(DATASET, "Purchase", second)?.counted).toBe(1);

  const nothingLeft = await merchant.open("/app/events");
  await shows(nothingLeft, [numbers.fine, numbers.till, first, second, numbers.skipped]);
  expect(await nothingLeft.getByRole("button", { name: "Retry failed" }).count()).toBe(0);
});
