/** Cases 11, 14, 15, 20 and 21: e-mail addresses, whose address, a country by name, names in one field, placeholders. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { runFieldCase } from "./run-field-case.ts";

const userData = z.record(z.string(), z.unknown());
const eventOf = (order: string) => userData.parse(runFieldCase(order)["user_data"]);

// printf %s VALUE | sha256sum
const HK = "78032858b52002ee5de86799f5769bccb699bd668d7de566073fea3b308c82f6";
const JANE = "81f8f6dde88365f3928796ec7aa53f72820b06db8664f5fe76a7eb13e24546a2";
const DOE = "799ef92a11af918e3fb741df42934f3b568ed2d93ac1df74f1b8d41a27932a6f";

describe("orders from the field", () => {
  test("11: the address of a Japanese carrier is hashed", () => {
    expect(eventOf("11_email_docomo.json")["em"]).toStrictEqual([
      "28d7f125abcdd1f7a4c8564378a1d67905b733c5be00b50553a8bc2d8cec1928",
    ]);
  });

  test("14: every key of a place comes from the buyer's address", () => {
    const { ct, st, zp, country } = eventOf("14_two_peoples_address.json");
    expect({ ct, st, zp, country }).toStrictEqual({
      ct: ["e2bc512240e4b9aeb3c695f3d9f29385fb87b759fa3141421d5d298c3fd1d1b7"],
      st: undefined,
      zp: undefined,
      country: [HK],
    });
  });

  test("15: a country's name alone asks for consent", () => {
    expect(runFieldCase("15_country_by_name_only.json")).toStrictEqual({ skipped: "no_consent" });
  });

  test("20: a whole name in the last name is taken apart", () => {
    const { fn, ln } = eventOf("20_one_field_name.json");
    expect({ fn, ln }).toStrictEqual({ fn: [JANE], ln: [DOE] });
  });

  test("21: placeholders are no names and no postcode", () => {
    const { fn, ln, zp, ct } = eventOf("21_placeholders.json");
    expect({ fn, ln, zp }).toStrictEqual({ fn: undefined, ln: undefined, zp: undefined });
    expect(ct).toStrictEqual(["22ff277b10da3a6fbabf7b4a7385855f24fe3bb04a4688bbf35d092a0740344c"]);
  });
});
