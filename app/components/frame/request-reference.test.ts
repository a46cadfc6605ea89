import { describe, expect, it } from "vitest";

import { messageWithReference, referenceOf } from "./request-reference.ts";

describe("the reference on an error page", () => {
  it.each([
    ["of the document, where the server could not draw it", new Error("Unexpected Server Error"), "doc-1234"],
    [
      "of its own request, where the page asked without a document",
      new Error(messageWithReference("own-5678")),
      "own-5678",
    ],
    ["none for what the browser itself threw", new TypeError("x is undefined"), undefined],
    ["none for a lost connection", new TypeError("Failed to fetch"), undefined],
    ["none for an answer that is no error of ours", { status: 404 }, undefined],
    ["none for what is no ID", new Error("Unexpected Server Error (<b>a</b>)"), undefined],
  ])("is %s", (_, error, expected) => {
    expect(referenceOf(error, "doc-1234")).toBe(expected);
  });
});
