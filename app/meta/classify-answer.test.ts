import { describe, expect, it } from "vitest";

import { classifyEventsAnswer, type WireAnswer } from "./classify-answer.ts";

const answered = (status: number, body: string, headers: Record<string, string> = {}): WireAnswer => ({
  kind: "answered",
  status,
  headers,
  body,
});
const failed = (failure: Extract<WireAnswer, { kind: "failed" }>["failure"]): WireAnswer => ({
  kind: "failed",
  failure,
});

/** Recorded shape: https://developers.facebook.com/docs/graph-api/guides/error-handling */
const error = (fields: object): string =>
  JSON.stringify({
    error: { message: "Invalid parameter", type: "OAuthException", fbtrace_id: "A1b2", ...fields },
  });

describe("Meta's answer to events", () => {
  it("is accepted when all that was sent is received", () => {
    const body = '{"events_received":2,"messages":[],"fbtrace_id":"AbC"}';
    expect(classifyEventsAnswer(answered(200, body), 2)).toEqual({
      kind: "accepted",
      status: 200,
      received: 2,
      fbtraceId: "AbC",
    });
  });

  it("is partial when fewer are", () => {
    expect(classifyEventsAnswer(answered(200, '{"events_received":1}'), 2)).toEqual({
      kind: "partial",
      status: 200,
      received: 1,
      fbtraceId: null,
    });
  });

  it.each([
    ["2xx without a count", answered(200, '{"messages":[],"fbtrace_id":"x"}'), "unknown", true],
    ["2xx with a count that is none", answered(200, '{"events_received":"2"}'), "unknown", true],
    ["2xx with a negative count", answered(200, '{"events_received":-1}'), "unknown", true],
    ["2xx with nothing", answered(200, ""), "transient", true],
    ["2xx with JSON that breaks off", answered(200, '{"events_rec'), "transient", true],
    ["2xx with a list", answered(200, "[1]"), "transient", true],
    ["HTML on 200", answered(200, "<html></html>"), "transient", true],
    ["HTML on 400", answered(400, "<html></html>"), "transient", true],
    ["HTML on 502", answered(502, "<html></html>"), "transient", true],
    ["503 with nothing", answered(503, ""), "transient", true],
    ["429 with nothing", answered(429, ""), "throttled", false],
    ["413", answered(413, "<html></html>"), "payload", false],
    ["a redirect", answered(302, ""), "unknown", false],
    ["JSON without an error", answered(400, '{"hello":1}'), "unknown", true],
    ["a throttle on 400", answered(400, error({ code: 80004 })), "throttled", false],
    ["an expired token", answered(400, error({ code: 190, error_subcode: 463 })), "credential", false],
    ["an unparsable token on 401", answered(401, error({ code: 190 })), "credential", false],
    ["an unknown code", answered(400, error({ code: 987654 })), "unknown", true],
    ["a code that is none", answered(400, error({ code: "190" })), "unknown", true],
    ["a transient error on 500", answered(500, error({ code: 2, is_transient: true })), "transient", true],
    ["a refused connection", failed("unreachable"), "transient", false],
    ["silence", failed("timeout"), "transient", true],
    ["a reset", failed("reset"), "transient", true],
    ["an endless answer", failed("too_large"), "transient", true],
    ["our own hanging up", failed("aborted"), "transient", true],
  ])("%s", (_name, wire, expected, mayHaveArrived) => {
    expect(classifyEventsAnswer(wire, 2)).toMatchObject({
      kind: "rejected",
      class: expected,
      mayHaveArrived,
    });
  });

  it("keeps Meta's own words in the merchant's language, without anything secret", () => {
    const body = error({
      code: 100,
      error_subcode: 2804003,
      error_user_title: "Horodatage trop ancien",
      error_user_msg:
        "L’événement de jane@example.com\u0000est trop ancien (access_token=EAAB123456789012345678901)",
    });
    expect(classifyEventsAnswer(answered(400, body), 1)).toMatchObject({
      class: "payload",
      remedy: "too_old",
      code: 100,
      subcode: 2804003,
      status: 400,
      fbtraceId: "A1b2",
      message: "Horodatage trop ancien: L’événement de [email] est trop ancien (access_token=[token]",
    });
  });

  it.each([
    [{ "retry-after": "120" }, 120_000],
    [{ "retry-after": "Mon, 23 Nov 2026 00:02:00 GMT", date: "Mon, 23 Nov 2026 00:00:00 GMT" }, 120_000],
    [{ "retry-after": "Mon, 23 Nov 2026 00:02:00 GMT" }, null],
    [{ "retry-after": "soon" }, null],
    [{}, null],
  ])("reads Retry-After %j", (headers, expected) => {
    const answer = classifyEventsAnswer(answered(503, "", headers as Record<string, string>), 1);
    expect(answer.kind === "rejected" && answer.retryAfterMs).toBe(expected);
  });
});
