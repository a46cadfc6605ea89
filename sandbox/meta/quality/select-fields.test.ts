import { describe, expect, it } from "vitest";

import { parseFields, pickFields, unknownField } from "./select-fields.ts";

describe("Graph's fields selection", () => {
  it("nests", () => {
    expect(parseFields("web{event_name, event_match_quality{composite_score}},id")).toEqual({
      ok: true,
      fields: { web: { event_name: {}, event_match_quality: { composite_score: {} } }, id: {} },
    });
  });

  it.each(["web{event_name", "web}", "{event_name}", "web{a}{b}", "web[0]"])("refuses %s", (text) => {
    expect(parseFields(text)).toEqual({ ok: false });
  });

  it("takes a name that every object has for what it is", () => {
    const asked = parseFields("constructor");
    const known = parseFields("web");
    expect(asked.ok && known.ok && unknownField(asked.fields, known.fields)).toBe("constructor");
  });

  it("keeps what was asked for, in lists too", () => {
    const asked = parseFields("web{a}");
    const picked = asked.ok ? pickFields({ web: [{ a: { x: 1 }, b: 2 }], id: "1" }, asked.fields) : undefined;
    expect(picked).toEqual({ web: [{ a: { x: 1 } }] });
  });
});
