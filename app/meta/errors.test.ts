import { describe, expect, it } from "vitest";

import { ERROR_TABLE, classifyError, stopsDataset } from "./errors.ts";

describe("the class of an error", () => {
  it.each([
    // code, subcode, class: from Meta's pages where they say so, else as public senders classify it
    [1, null, "transient"],
    [2, null, "transient"],
    [21009, null, "transient"],
    [5000, null, "transient"],
    [4, 1504022, "throttled"],
    [4, 1504039, "throttled"],
    [17, 2446079, "throttled"],
    [32, null, "throttled"],
    [341, null, "throttled"],
    [613, 1487742, "throttled"],
    [613, null, "throttled"],
    [80000, null, "throttled"],
    [80003, null, "throttled"],
    [80004, null, "throttled"],
    [80014, null, "throttled"],
    [102, null, "credential"],
    [190, null, "credential"],
    [190, 458, "credential"],
    [190, 460, "credential"],
    [190, 463, "credential"],
    [190, 467, "credential"],
    [190, 492, "credential"],
    [3, null, "permission"],
    [10, null, "permission"],
    [200, null, "permission"],
    [294, null, "permission"],
    [299, null, "permission"],
    [368, null, "permission"],
    [100, 33, "configuration"],
    [803, null, "configuration"],
    [2500, null, "configuration"],
    [100, null, "payload"],
    [100, 2804008, "payload"],
    [100, 2804009, "payload"],
    [100, 2804019, "payload"],
    [100, 2804023, "payload"],
    [100, 2804050, "payload"],
    [100, 2804007, "payload"],
    [300, null, "unknown"],
    [999999, null, "unknown"],
  ] as const)("%i/%s is %s", (code, subcode, expected) => {
    expect(classifyError(code, subcode)).toEqual({ class: expected });
  });

  it.each([
    [2804001, "without_click_id"],
    [2804003, "too_old"],
    [2804004, "later"],
  ] as const)("100/%i can be answered with %s", (subcode, remedy) => {
    expect(classifyError(100, subcode)).toEqual({ class: "payload", remedy });
  });

  it("believes is_transient only where the code says nothing exact", () => {
    expect(classifyError(999999, null, true)).toEqual({ class: "transient" });
    expect(classifyError(100, 1234567, true)).toEqual({ class: "transient" });
    expect(classifyError(190, 463, true)).toEqual({ class: "credential" });
    expect(classifyError(100, 2804003, true)).toEqual({ class: "payload", remedy: "too_old" });
  });

  it("has no row that another one hides", () => {
    const keys = ERROR_TABLE.map(({ code, subcode }) => `${String(code)}/${subcode ?? "*"}`);
    expect(new Set(keys).size).toBe(keys.length);
    const general = ERROR_TABLE.findIndex(({ code, subcode }) => code === 100 && subcode === undefined);
    expect(ERROR_TABLE.slice(general + 1).some(({ code }) => code === 100)).toBe(false);
  });

  it("stops a whole dataset for its token, rights or ID only", () => {
    const classes = [
      "transient",
      "throttled",
      "credential",
      "permission",
      "configuration",
      "payload",
      "unknown",
    ] as const;
    expect(classes.filter(stopsDataset)).toEqual(["credential", "permission", "configuration"]);
  });
});
