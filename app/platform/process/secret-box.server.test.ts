import { describe, expect, it } from "vitest";

import { createSecretBox, type SecretBox } from "./secret-box.server.ts";

const KEY = Buffer.alloc(32, 1).toString("base64");
const OTHER = Buffer.alloc(32, 2).toString("base64");

function box(current: string, old = ""): SecretBox {
  const outcome = createSecretBox(current, old);
  if (!outcome.ok) throw new Error(outcome.problem);
  return outcome.box;
}

describe("sealed secrets", () => {
  it("open again under the same key and purpose", () => {
    const sealed = box(KEY).seal("EAAtoken", "dataset:1");
    expect(sealed).not.toContain("EAAtoken");
    expect(box(KEY).open(sealed, "dataset:1")).toEqual({ ok: true, plain: "EAAtoken" });
  });

  it("never look the same twice", () => {
    expect(box(KEY).seal("x", "p")).not.toBe(box(KEY).seal("x", "p"));
  });

  it("do not open for another purpose, in another row", () => {
    const sealed = box(KEY).seal("x", "dataset:1");
    expect(box(KEY).open(sealed, "dataset:2")).toEqual({ ok: false, problem: "damaged" });
  });

  it("do not open when a byte was changed", () => {
    const sealed = box(KEY).seal("a longer secret", "p");
    const last = sealed.at(-2) === "A" ? "B" : "A";
    expect(box(KEY).open(sealed.slice(0, -2) + last + sealed.slice(-1), "p").ok).toBe(false);
  });

  it("open under a former key and are told apart as outdated", () => {
    const sealed = box(KEY).seal("x", "p");
    const rotated = box(OTHER, KEY);
    expect(rotated.open(sealed, "p")).toEqual({ ok: true, plain: "x" });
    expect(rotated.isOutdated(sealed)).toBe(true);
    expect(box(OTHER).open(sealed, "p")).toEqual({ ok: false, problem: "unknown_key" });
  });

  it.each(["", "short", Buffer.alloc(31).toString("base64"), `${KEY}x`, "!".repeat(44)])(
    "refuse the key %j",
    (key) => {
      expect(createSecretBox(key).ok).toBe(false);
    },
  );

  it.each(["", "v1", "v1.x.y.z", "v2.a.b.c", "plain text"])("do not open from %j", (sealed) => {
    expect(box(KEY).open(sealed, "p").ok).toBe(false);
  });
});
