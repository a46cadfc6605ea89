import { describe, expect, test } from "vitest";
import { decideConsent } from "./decide-consent.ts";
import type { ConsentFlags, ConsentPolicy } from "../model.ts";

const NOTHING: ConsentFlags = {};
const YES: ConsentFlags = { marketing: true, saleOfData: true };
const NO: ConsentFlags = { marketing: false };

/** "send", "limit 1/1000", "skip no_consent", each with its evidence. */
function decide(policy: ConsentPolicy, cart: ConsentFlags, report: ConsentFlags | null, place = ""): string {
  const [country, region] = place.split("-");
  const decision = decideConsent({
    ...{ policy, cart, report },
    ...(country !== undefined && country !== "" && { country }),
    ...(region !== undefined && { region }),
  });
  const detail = {
    send: () => "",
    limit: () =>
      decision.kind === "limit" ? ` ${decision.dataProcessing.country}/${decision.dataProcessing.state}` : "",
    skip: () => (decision.kind === "skip" ? ` ${decision.reason}` : ""),
  }[decision.kind]();
  return `${decision.kind}${detail} (${decision.evidence})`;
}

describe("strict: only with recorded consent", () => {
  test.each([
    [NOTHING, null, "US-CA", "skip no_consent (none)"],
    [NOTHING, NOTHING, "US", "skip no_consent (none)"],
    [YES, null, "US", "send (cart_attribute)"],
    [NOTHING, YES, "DE", "send (browser_report)"],
    [NO, null, "US", "skip consent_refused (cart_attribute)"],
    [{ analytics: true }, null, "US", "skip no_consent (none)"],
  ])("cart %o, report %o, %s → %s", (cart, report, place, expected) => {
    expect(decide("strict", cart, report, place)).toBe(expected);
  });
});

describe("regional: recorded consent in the EEA, the UK and Switzerland", () => {
  test.each(["AT", "DE", "FR", "IE", "PL", "IS", "LI", "NO", "GB", "CH", "GP", "AX", "JE", "EU"])(
    "%s",
    (country) => {
      expect(decide("regional", NOTHING, null, country)).toBe("skip no_consent (none)");
      expect(decide("regional", YES, null, country)).toBe("send (cart_attribute)");
    },
  );
  test.each(["US", "CA", "JP", "PK", "AU", "BR", "TR", "UA", "RS", "MC", ""])(
    "not in %j, unless refused",
    (country) => {
      expect(decide("regional", NOTHING, null, country)).toBe("send (none)");
      expect(decide("regional", NO, null, country)).toBe("skip consent_refused (cart_attribute)");
    },
  );
});

test("merchant: sent unless refused", () => {
  expect(decide("merchant", NOTHING, null, "DE")).toBe("send (merchant_statement)");
  expect(decide("merchant", YES, null, "DE")).toBe("send (cart_attribute)");
  expect(decide("merchant", NOTHING, NO, "US")).toBe("skip consent_refused (browser_report)");
});

test("the browser's report is later than the cart attribute and wins, flag by flag", () => {
  expect(decide("regional", NO, YES, "DE")).toBe("send (browser_report)");
  expect(decide("regional", YES, NO, "US")).toBe("skip consent_refused (browser_report)");
  expect(decide("regional", NO, { analytics: true }, "US")).toBe("skip consent_refused (cart_attribute)");
});

describe("sale of data refused: Limited Data Use with Meta's code", () => {
  test.each([
    ["US-CA", "1/1000"],
    ["US-CO", "1/1001"],
    ["US-CT", "1/1002"],
    ["US-FL", "1/1003"],
    ["US-OR", "1/1004"],
    ["US-TX", "1/1005"],
    ["US-MT", "1/1006"],
    ["US-DE", "1/1007"],
    ["US-NE", "1/1008"],
    ["US-NH", "1/1009"],
    ["US-NJ", "1/1010"],
    ["US-MN", "1/1011"],
    ["US-MD", "1/1012"],
    ["US-RI", "1/1013"],
    ["US-NY", "1/0"],
    ["US", "1/0"],
    ["CA", "0/0"],
    ["", "0/0"],
  ])("%j → %s", (place, codes) => {
    expect(decide("regional", { marketing: true, saleOfData: false }, null, place)).toBe(
      `limit ${codes} (cart_attribute)`,
    );
  });

  test("under every policy, and with nothing said about marketing", () => {
    expect(decide("merchant", { saleOfData: false }, null, "US-CA")).toBe("limit 1/1000 (cart_attribute)");
    expect(decide("regional", {}, { saleOfData: false }, "US-CA")).toBe("limit 1/1000 (browser_report)");
    expect(decide("strict", { marketing: true }, { saleOfData: false }, "US-CA")).toBe(
      "limit 1/1000 (browser_report)",
    );
    expect(decide("strict", { saleOfData: false }, null, "US-CA")).toBe("skip no_consent (none)");
  });
});
