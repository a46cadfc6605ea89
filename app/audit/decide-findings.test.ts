import { describe, expect, it } from "vitest";

import { fails, type CheckCode, type Severity, type Verdict } from "./check.ts";
import { decideFindings, type StandingFinding } from "./decide-findings.ts";

const CODE = "thinIdentity" satisfies CheckCode;
const standing = (state: "open" | "mended", severity: Severity = "medium"): StandingFinding => ({
  code: CODE,
  state,
  severity,
  snoozedUntil: null,
});
const failed = (severity: Severity): Verdict => fails({ severity, certainty: "proven" });
const decide = (before: readonly StandingFinding[], verdict: Verdict) =>
  decideFindings(before, new Map([[CODE, verdict]])).map(({ kind }) => kind);

describe("a check that fails", () => {
  it.each([
    [[], "opened"],
    [[standing("mended")], "came_back"],
    [[standing("open")], "still_open"],
    [[standing("open", "low")], "worse"],
    [[standing("open", "critical")], "still_open"],
  ] as const)("%j: %s", (before, kind) => {
    expect(decide(before, failed("medium"))).toEqual([kind]);
  });
});

describe("a finding that stands open", () => {
  it.each([
    [{ kind: "holds" }, ["mended"]],
    [{ kind: "not_applicable" }, ["mended"]],
    [{ kind: "not_known", why: "too_few" }, []],
  ] as const)("%j", (verdict, kinds) => {
    expect(decide([standing("open")], verdict)).toEqual(kinds);
  });

  it("is mended when this version has no such check", () => {
    expect(decideFindings([{ ...standing("open"), code: "formerCheck" }], new Map())).toEqual([
      { kind: "mended", code: "formerCheck" },
    ]);
  });
});

it("says nothing of what is mended and holds", () => {
  expect(decide([standing("mended")], { kind: "holds" })).toEqual([]);
});
