import { afterAll, beforeAll, expect, it } from "vitest";

import { startMailReceiver, type MailReceiver } from "#tests/setup/alert-receivers.ts";

import { findAccessFaults } from "./find-access-faults.ts";
import { focusedLabel } from "./open-admin.ts";
import { failActions, SHOP, shareAdmin } from "./share-admin.ts";

let mail: MailReceiver;
beforeAll(async () => {
  mail = await startMailReceiver();
});
const shared = shareAdmin(() => ({
  SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
  ALERT_FROM: "Tandem <alerts@tandem.example>",
}));
afterAll(() => mail.close());

const HOOK = "https://hooks.example.com/services/T0/B0/secretX9ab";

it("is reached from the settings, and says what it is for before there is anything", async () => {
  const { world, enter } = shared();
  await world.signIn(SHOP);
  const { open, frame } = await enter();
  const settings = await open("/app/settings");
  await settings.getByRole("link", { name: "Set up alerts" }).click();
  await expect.poll(async () => new URL((await frame()).url()).pathname).toBe("/app/alerts");
  const app = await frame();
  await app.getByRole("heading", { name: "Nobody is told yet" }).waitFor();
  expect(await findAccessFaults(app)).toEqual([]);
  await app.getByRole("link", { name: "Add a channel" }).click();
  await app.getByRole("heading", { name: "New channel" }).waitFor();
  expect(await findAccessFaults(app)).toEqual([]);
});

it("says what is wrong beside its field, saves an e-mail address, and sends a test to it", async () => {
  const { enter } = shared();
  const { open, page } = await enter();
  const app = await open("/app/alerts/new");
  const save = page.getByRole("button", { name: "Save" });
  const address = app.getByLabel("E-mail address");
  await address.fill("anna@kawa.example, eve@evil.example");
  await save.click();
  await app.getByText("Enter one e-mail address").waitFor();
  expect(await address.getAttribute("aria-invalid")).toBe("true");
  await expect.poll(() => focusedLabel(app)).toBe("E-mail address");
  await app.getByLabel("Quiet hours").check({ force: true });
  await app.getByLabel("To", { exact: true }).selectOption("1320");
  await address.fill("anna@kawa.example");
  await save.click();
  await app.getByText("Choose two different times.").waitFor();
  expect(await findAccessFaults(app)).toEqual([]);
  await app.getByLabel("To", { exact: true }).selectOption("420");
  await save.click();
  await page.getByText("Channel saved").waitFor();
  await app.getByRole("heading", { name: "anna@kawa.example" }).waitFor();
  await app.getByText(/Quiet from 10:00.PM to 7:00.AM, .* time, except for critical ones\./).waitFor();
  await app.getByText("Nothing sent yet").waitFor();

  await app.getByRole("button", { name: "Send a test to anna@kawa.example" }).click();
  await app.getByText("Sent. The other side answered: 250").waitFor();
  await app.getByText("Test message", { exact: true }).waitFor();
  await app.getByText("Works").waitFor();
  expect(mail.mails.map(({ to }) => to)).toEqual([["anna@kawa.example"]]);
  expect(await findAccessFaults(app)).toEqual([]);
});

it("shows a webhook's signing secret once, and its address never again", async () => {
  const { enter } = shared();
  const { open, page, frame } = await enter();
  const app = await open("/app/alerts/new");
  const save = page.getByRole("button", { name: "Save" });
  await app.getByLabel("Webhook", { exact: true }).check({ force: true });
  const address = app.getByLabel("Webhook address");
  await address.fill("https://10.0.0.1/hook");
  await save.click();
  await app.getByText("The address leads to a private network. Enter one").waitFor();
  await address.fill(HOOK);
  await save.click();
  await app.getByText("Keep this signing secret now").waitFor();
  const secret = await app.getByLabel("Signing secret").inputValue();
  expect(secret).toMatch(/^tdmwh_[\w-]{43}$/);
  expect(await findAccessFaults(app)).toEqual([]);
  await app.getByRole("link", { name: "Done" }).click();
  await app.getByRole("heading", { name: "hooks.example.com/…X9ab" }).waitFor();
  expect(await app.content()).not.toContain("secretX9ab");

  await app.getByRole("link", { name: "Edit hooks.example.com" }).click();
  await app.getByText("Leave it empty to keep hooks.example.com/…X9ab.").waitFor();
  for (const hidden of ["secretX9ab", secret]) expect(await app.content()).not.toContain(hidden);
  await app.getByRole("button", { name: "Make a new secret" }).click();
  await app.getByText("Keep this signing secret now").waitFor();
  expect(await app.getByLabel("Signing secret").inputValue()).not.toBe(secret);
  expect(await findAccessFaults(app)).toEqual([]);
  await page.reload();
  await (await frame()).getByText("Leave it empty to keep").waitFor();
  expect(await (await frame()).getByText("Keep this signing secret now").count()).toBe(0);
});

it("overwrites nothing that another tab saved, and keeps what was typed when the app does not answer", async () => {
  const { enter } = shared();
  const [one, two] = [await enter(), await enter()];
  const list = await one.open("/app/alerts");
  const href = await list.getByRole("link", { name: "Edit anna@kawa.example" }).getAttribute("href");
  const first = await one.open(href ?? "");
  const second = await two.open(href ?? "");
  await first.getByLabel("Least severity").selectOption("low");
  await failActions(one.page, href ?? "");
  await one.page.getByRole("button", { name: "Save" }).click();
  await first.getByText("The channel was not saved").waitFor();
  expect(await first.getByLabel("Least severity").inputValue()).toBe("low");
  await one.page.unrouteAll();
  await one.page.getByRole("button", { name: "Save" }).click();
  await one.page.getByText("Channel saved").waitFor();

  await second.getByLabel("Changes in one message").selectOption("60");
  await two.page.getByRole("button", { name: "Save" }).click();
  await second.getByText("Not saved: the channel was changed elsewhere meanwhile").waitFor();
  expect(await second.getByLabel("Changes in one message").inputValue()).toBe("60");
  expect(await findAccessFaults(second)).toEqual([]);
  await second.getByRole("button", { name: "Keep what I entered" }).click();
  await two.page.getByRole("button", { name: "Save" }).click();
  await two.page.getByText("Channel saved").waitFor();
});

it("removes a channel when that is confirmed", async () => {
  const { enter } = shared();
  const { open } = await enter();
  const list = await open("/app/alerts");
  await list.getByRole("link", { name: "Edit anna@kawa.example" }).click();
  await list.getByRole("button", { name: "Remove channel" }).click();
  await list.getByText("Remove anna@kawa.example?").waitFor();
  expect(await findAccessFaults(list)).toEqual([]);
  await list.getByRole("dialog").getByRole("button", { name: "Remove channel" }).click();
  await list.getByRole("heading", { name: "hooks.example.com/…X9ab" }).waitFor();
  expect(await list.getByText("anna@kawa.example").count()).toBe(0);
});
