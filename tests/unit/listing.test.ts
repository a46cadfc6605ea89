import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { ICON_SIZE, LISTING_FOLDER, LISTING_PICTURES, PICTURE_SIZE } from "../../scripts/listing-pictures.ts";

const PAGE = readFileSync("docs/listing/README.md", "utf8");
const LARGEST = 250_000;

/** Width and height from the header of a PNG, or from the frame header of a JPEG (ITU T.81, B.2.2). */
function sizeOf(file: Buffer): { readonly width: number; readonly height: number } {
  if (file.subarray(1, 4).toString("latin1") === "PNG")
    return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
  for (let at = 2; at < file.length; at += 2 + file.readUInt16BE(at + 2)) {
    const marker = file.readUInt8(at + 1);
    if (marker >= 0xc0 && marker <= 0xc2)
      return { width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) };
  }
  throw new Error("neither PNG nor JPEG");
}

describe("the listing's pictures", () => {
  it("are those that the command takes, and no other", () => {
    const taken = LISTING_PICTURES.map(({ name }) => `${name}.jpg`);
    expect(readdirSync(LISTING_FOLDER).toSorted()).toEqual(["icon.png", ...taken].toSorted());
  });

  it.each(readdirSync(LISTING_FOLDER))(
    "%s has its size, is small enough to be loaded and says what it shows",
    (name) => {
      const file = readFileSync(path.join(LISTING_FOLDER, name));
      const size = name === "icon.png" ? { width: ICON_SIZE, height: ICON_SIZE } : PICTURE_SIZE;
      expect(sizeOf(file)).toEqual(size);
      expect(file.byteLength).toBeLessThan(LARGEST);
      const [, alt = ""] = new RegExp(`\\(pictures/${name}\\) +\\| (.+?) +\\|`).exec(PAGE) ?? [];
      expect(alt.length).toBeGreaterThan(30);
    },
  );
});

/** Shopify's limits of a listing, in characters. */
describe("the listing's texts", () => {
  const part = (heading: string) =>
    new RegExp(`^## ${heading}[^\\n]*\\n\\n([\\s\\S]*?)\\n\\n##`, "m")
      .exec(PAGE)?.[1]
      ?.replaceAll("\n", " ") ?? "";
  it.each([
    ["name", /^- \*\*Name\*\*: (.+)$/m.exec(PAGE)?.[1] ?? "", 30],
    ["subtitle", /^- \*\*Subtitle\*\*[^:]*: (.+)$/m.exec(PAGE)?.[1] ?? "", 62],
    ["introduction", part("Introduction"), 100],
    ["details", part("Details"), 500],
  ] as const)("%s fits", (_name, text, most) => {
    expect(text.length).toBeGreaterThan(10);
    expect(text.length).toBeLessThanOrEqual(most);
  });
});
