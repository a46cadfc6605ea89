import { expect, it } from "vitest";
import { FakeCheckout } from "../../../tests/extensions/fake-checkout.ts";
import { readClickIdentifiers } from "./click-identifiers.ts";

const FBP = "fb.1.1761288000000.1098115397";
const FBC = "fb.1.1761288000000.IwAR0_a-Z.AQQCAQMC";
const attribute = (key: string, value: string) => ({ key, value });

it.each([
  ["from the cookies, verbatim", { _fbp: FBP, _fbc: FBC }, [], { fbp: FBP, fbc: FBC }],
  [
    "from the cart where a cookie is missing",
    { _fbp: FBP },
    [attribute("_fbc", FBC)],
    { fbp: FBP, fbc: FBC },
  ],
  ["the cookie first", { _fbp: FBP }, [attribute("_fbp", "fb.1.1761288000000.1")], { fbp: FBP }],
  [
    "the cart's where the cookie holds junk under a right form",
    { _fbc: "fb.1.1761288000000.undefined", _fbp: "fb.1.1761288000000.NaN" },
    [attribute("_fbc", FBC), attribute("_fbp", FBP)],
    { fbp: FBP, fbc: FBC },
  ],
  [
    "a wrapped one, for the app to unwrap, where there is no other",
    { _fbc: `fb.1.1761288000000.${FBC}` },
    [],
    { fbc: `fb.1.1761288000000.${FBC}` },
  ],
  ["the cart's where the cookie is malformed", { _fbp: "undefined" }, [attribute("_fbp", FBP)], { fbp: FBP }],
  ["none, not an empty one", {}, [attribute("_fbp", ""), attribute("_fbc", "null")], {}],
  ["none that is absurdly long", { _fbc: `fb.1.1.${"x".repeat(1000)}` }, [], {}],
])("takes identifiers %s", async (_name, cookies, attributes, expected) => {
  const { api } = new FakeCheckout({ cookies });
  expect(await readClickIdentifiers(api.browser, attributes)).toEqual(expected);
});

it("survives a sandbox that refuses cookies", async () => {
  const { api } = new FakeCheckout();
  const browser = { ...api.browser, cookie: { get: () => Promise.reject(new Error("no cookies here")) } };
  expect(await readClickIdentifiers(browser, [attribute("_fbp", FBP)])).toEqual({ fbp: FBP });
});
