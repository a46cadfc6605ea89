import { globSync, readFileSync } from "node:fs";

import { expect, it } from "vitest";

/** Words for which the field has a term of its own. */
const BANNED =
  /\b(houses?|doors?|knock(s|ed|ing)?|heed(s|ed)?|unwell|guilty|ripe|stir(s|red)?|slip(s|ped)?|stumbl(e|es|ed)|homes?|heard|the word|short of breath)\b/i;

/** The same words where they are somebody else's term: HTML's, a place's name, an option that scripts still pass. */
const TERMS = [/rel="home"/, /Heard & McDonald/, /`?"?--home`?"?/];

const FILES = globSync([
  "app/**/*.{ts,tsx,json,css}",
  "extensions/**/*.{ts,json,liquid,toml}",
  "scripts/**/*.{ts,mjs}",
  "server.ts",
  "docs/**/*.md",
  "README.md",
]).filter((file) => !file.includes("/dist/") && !file.includes("/assets/"));

/** The lines with such a word; a name is read as the words that it is made of. */
function bannedLines(text: string): readonly string[] {
  return text.split("\n").filter((line) => {
    const rest = TERMS.reduce((before, term) => before.replace(term, ""), line);
    return BANNED.test(rest.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").replaceAll("_", " "));
  });
}

it("are used everywhere", () => {
  expect(FILES.length).toBeGreaterThan(400);
  const found = FILES.flatMap((file) =>
    bannedLines(readFileSync(file, "utf8")).map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

it.each([
  ["// Nobody is heard then.", true],
  ["function openDoor() {", true],
  ["const HOME_FOLDER = 1;", true],
  ['<Link rel="home">', false],
  ["stripe, overheard, stirrup, at once", false],
])("are told from banned ones: %s", (line, banned) => {
  expect(bannedLines(line)).toEqual(banned ? [line] : []);
});
