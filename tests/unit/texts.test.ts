import { globSync } from "node:fs";

import { expect, it } from "vitest";

import { ENGLISH } from "#app/texts/catalogue.ts";
import { SHARED, sayText } from "#app/texts/texts.ts";

import { findAreasMissing } from "./find-areas-missing.ts";
import { findTextsOutside } from "./find-texts-outside.ts";
import { findUnusedTexts } from "./find-unused-texts.ts";

/** What they write is no text to read: a command for a terminal. */
const NO_TEXTS = ["app/quality/write-curl.ts"];
/** The same for a line: what a browser's selector, a search of Shopify's admin, Meta's name of an event and Remix's error say. */
const NO_TEXT = [
  /"input, textarea"/,
  /`processed_at:\$\{day\} AND /,
  /^app\/quality\/default-event\.ts:\d+ "Purchase"$/,
  /^app\/components\/frame\/request-reference\.ts:\d+ "Unexpected Server Error"$/,
];

/** Parts of the server whose answers a merchant reads. */
const ANSWERS = [
  "app/admin/act-on-alerts.server.ts",
  "app/admin/act-on-dataset.server.ts",
  "app/admin/look-for-missed-orders.server.ts",
  "app/admin/retry-events.server.ts",
  "app/alerts/channels/parse-channel.ts",
  "app/alerts/channels/save-channel.server.ts",
  "app/alerts/read-alerts.server.ts",
  "app/alerts/send/problem-words.ts",
  "app/alerts/write/describe-finding.ts",
  "app/alerts/write/write-message.ts",
  "app/alerts/write/write-webhook.ts",
  "app/meta/check-dataset.ts",
  "app/quality/send-test-purchase.server.ts",
  "app/stores/datasets/change-dataset.server.ts",
  "app/stores/datasets/connect-dataset.server.ts",
  "app/stores/shopify/connect-web-pixel.server.ts",
  "app/stores/datasets/dataset-input.ts",
  "app/stores/settings/save-settings.server.ts",
  "app/intake/sweep-stores.server.ts",
  "app/stores/shopify/sync-storefront.server.ts",
];

/** Name texts as data; who shows them loads them. */
const DECLARE = /^app\/(conversions\/settings\/settings|audit\/check|audit\/checks\/.*)\.ts$/;

const FILES = globSync([
  "app/root.tsx",
  "app/components/**/*.{ts,tsx}",
  "app/routes/*.{ts,tsx}",
  "app/quality/*.ts",
])
  .filter((file) => !/\.test\.|\.server\./.test(file) && !NO_TEXTS.includes(file))
  .concat(ANSWERS);

const SOURCES = globSync("app/**/*.{ts,tsx}").filter((file) => !/\.test\./.test(file));

interface Part {
  readonly [name: string]: string | Part;
}

const namesOf = (part: Part): readonly string[] =>
  Object.entries(part).flatMap(([name, text]) =>
    typeof text === "string" ? [name] : namesOf(text).map((inner) => `${name}.${inner}`),
  );
const NAMES = namesOf(ENGLISH);

it("finds a text that stands in a page instead of in the catalogue", () => {
  const page = "tests/unit/page-with-texts.tsx";
  expect(findTextsOutside(page)).toEqual(
    [
      '2 "Kept for later"',
      '2 "Sent at once"',
      '3 "Online store"',
      "6 `in ${count} days`",
      '7 "Choose one first"',
      '9 "Three words here"',
      "10 Between tags",
      "10 `${count} orders failed`",
      '11 "Only one"',
      '11 "Or another"',
      "11 `${count} left`",
      '12 "A picture"',
    ].map((text) => `${page}:${text}`),
  );
});

it("has every text of the pages in the catalogue", () => {
  const outside = FILES.flatMap(findTextsOutside);
  expect(outside.filter((line) => !NO_TEXT.some((each) => each.test(line)))).toEqual([]);
});

it("has no text that no page shows", () => {
  expect(findUnusedTexts(NAMES, SOURCES)).toEqual([]);
});

it("loads each area of texts where its texts are named", () => {
  const showing = SOURCES.filter((file) => !DECLARE.test(file));
  const missing = showing.flatMap((file) => findAreasMissing(file).map((area) => `${file}: ${area}`));
  expect(missing).toEqual([]);
  expect(findAreasMissing("tests/unit/page-with-texts.tsx")).toEqual(["events"]);
});

it("has every area either on every page or in a module of its own", () => {
  const own = globSync("app/texts/areas/*.ts").map((file) => file.replace(/.*\/(.*)\.ts/, "$1"));
  expect([...Object.keys(SHARED), ...own].sort()).toEqual(
    globSync("app/texts/en/*.json")
      .map((file) => file.replace(/.*\/(.*)\.json/, "$1"))
      .sort(),
  );
});

it("finds a text that no page shows", () => {
  const used = ["events.title", "events.found_one", "events.view.waiting", "events.empty.all.heading"];
  const unused = ["events.nothing", "events.view", "events.empty.all", "events.view.of.waiting"];
  expect(findUnusedTexts([...used, ...unused], SOURCES)).toEqual(unused);
});

it("writes an unknown text's name instead of nothing", () => {
  expect(sayText({ key: "common.brand" })).toBe("Tandem");
  expect(sayText({ key: "no.such.text" as "common.brand" })).toBe("no.such.text");
});

it("has a text for one where it has one for many", () => {
  const plurals = NAMES.filter((name) => name.endsWith("_other"));
  expect(plurals.filter((name) => !NAMES.includes(name.replace(/_other$/, "_one")))).toEqual([]);
});

it("has no gap in what is said of a check without a finding's figures", () => {
  const said = Object.entries(ENGLISH.checks).flatMap(([check, parts]) =>
    Object.entries(parts)
      .filter(([part, text]) => !part.startsWith("fails") && text.includes("{{"))
      .map(([part]) => `${check}.${part}`),
  );
  expect(said).toEqual([]);
});
