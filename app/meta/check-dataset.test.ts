import { describe, expect, it } from "vitest";

import { checkDataset } from "./check-dataset.ts";
import { classifyEventsAnswer } from "./classify-answer.ts";

const ID = "123456789012345";
const data = (fields: object) => ({
  ok: true as const,
  data: {
    type: "SYSTEM_USER",
    application: "Conversions API Application",
    expires_at: 0,
    is_valid: true,
    ...fields,
  },
});
const scopes = ["read_ads_dataset_quality"];

describe("a dataset and its token", () => {
  it.each([
    [
      "named in the token",
      { scopes, granular_scopes: [{ scope: "read_ads_dataset_quality", target_ids: [ID] }] },
      true,
    ],
    ["token without granular scopes", { scopes }, false],
    [
      "scope not limited to datasets",
      { scopes: ["ads_management"], granular_scopes: [{ scope: "ads_management" }] },
      false,
    ],
    ["no scopes told at all", {}, false],
  ])("is right: %s", (_name, fields, datasetConfirmed) => {
    expect(checkDataset(ID, data(fields))).toEqual({ ok: true, tokenType: "SYSTEM_USER", datasetConfirmed });
  });

  it("says when the token ends", () => {
    expect(checkDataset(ID, data({ scopes, expires_at: 1_800_000_000 }))).toMatchObject({
      ok: true,
      expiresAt: 1_800_000_000_000,
    });
  });

  it.each([
    [
      "another dataset's token",
      data({ scopes, granular_scopes: [{ scope: "read_ads_dataset_quality", target_ids: ["1"] }] }),
      "other_dataset",
    ],
    ["a token that may do other things", data({ scopes: ["pages_show_list"] }), "missing_scope"],
    ["an expired token", data({ is_valid: false, error: { code: 190, subcode: 463 } }), "expired_token"],
    [
      "a token that was revoked",
      data({ is_valid: false, error: { code: 190, subcode: 460 } }),
      "invalid_token",
    ],
    ["an answer without data", { ok: true as const, data: undefined }, "unreachable"],
  ])("is wrong: %s", (_name, outcome, code) => {
    expect(checkDataset(ID, outcome)).toMatchObject({ ok: false, code });
  });

  it.each([
    [401, { code: 190 }, "invalid_token"],
    [400, { code: 190, error_subcode: 463 }, "expired_token"],
    [400, { code: 4 }, "throttled"],
    [500, { code: 2 }, "unreachable"],
  ])("is told apart when the call itself fails: %i %j", (status, error, code) => {
    const rejection = classifyEventsAnswer(
      { kind: "answered", status, headers: {}, body: JSON.stringify({ error }) },
      1,
    );
    if (rejection.kind !== "rejected") throw new Error("not rejected");
    const check = checkDataset(ID, { ok: false, rejection });
    expect(check).toMatchObject({ ok: false, code });
    expect(check.ok === false && check.words.length).toBeGreaterThan(30);
  });
});
