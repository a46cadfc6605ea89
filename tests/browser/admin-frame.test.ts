import { beforeAll, expect, it } from "vitest";

import { findAccessFaults } from "./find-access-faults.ts";
import { SHOP, shareAdmin } from "./share-admin.ts";

const house = shareAdmin();

beforeAll(() => house().world.signIn(SHOP));

it("reaches the first step of the setup by keyboard alone", async () => {
  const { page, open } = await house().enter();
  const frame = await open("/app");
  await frame.locator("body").focus();
  for (let presses = 0; presses < 15; presses += 1) {
    await page.keyboard.press("Tab");
    const focused = await frame.evaluate(() => document.activeElement?.textContent ?? "");
    if (focused === "Connect dataset") break;
  }
  const outline = await frame.evaluate(() => {
    const { activeElement } = document;
    return activeElement ? getComputedStyle(activeElement).outlineStyle : "none";
  });
  expect(outline).not.toBe("none");
  await page.keyboard.press("Enter");
  await frame.getByRole("heading", { name: "Connect a dataset", level: 1 }).waitFor();
});

it("says what a page that is not there is, inside the frame", async () => {
  const { open, forgive, page } = await house().enter();
  for (const path of ["/app/events/999999999", "/app/datasets/999999999"]) {
    const frame = await open(path);
    await frame.getByRole("heading", { name: "This page isn’t here", level: 1 }).waitFor();
    expect(await findAccessFaults(frame)).toEqual([]);
    await frame.getByRole("link", { name: "Go to the overview" }).click();
    await frame.getByText("Setup guide").waitFor();
  }
  expect(
    await page.getByRole("navigation").getByRole("link", { name: "Events", exact: true }).isVisible(),
  ).toBe(true);
  // The browser itself reports an answer of 404 as an error of the console.
  forgive(/status of 404/);
});

it("keeps the frame when a page cannot be loaded, and shows it once it can", async () => {
  const { open, forgive, page } = await house().enter();
  const frame = await open("/app");
  await page.route(
    (url) => url.pathname === "/app/events" && url.searchParams.has("_data"),
    (route) =>
      route.fulfill({ status: 500, headers: { "x-remix-error": "yes" }, json: { message: "in trouble" } }),
  );
  await page.getByRole("navigation").getByRole("link", { name: "Events", exact: true }).click();
  await frame.getByRole("heading", { name: "This page could not be loaded", level: 1 }).waitFor();
  expect(await findAccessFaults(frame)).toEqual([]);
  await page.unrouteAll();
  await frame.getByRole("button", { name: "Try again" }).click();
  await frame.getByText("No purchases yet").waitFor();
  forgive(/status of 500|in trouble/);
});
