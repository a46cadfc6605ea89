import { describe, expect, it } from "vitest";

import {
  ENDPOINT_KINDS,
  addressOf,
  handlerCount,
  handlersOf,
  readEndpoints,
  routeFiles,
  type EndpointKind,
} from "#tests/security/endpoints.ts";

/** What the first statement of every loader and action of a kind must be. */
const FIRST: Readonly<Record<EndpointKind, RegExp>> = {
  admin: /^\s*(?:const \{[\w\s,]+\} = )?await (?:signedInStore\(args\)|authenticateAdmin\(args\));/,
  webhook: /^\s*return receive\w+\(tandem, (?:"[\w/]+", )?request\);\s*$/,
  proxy: /^\s*return tandem\.pairing\.\w+\(request\);\s*$/,
  pixel:
    /^\s*return (?:tandem\.(?:pairing\.\w+|funnel\.take)\(request, clientAddress(?:, callerGone)?\)|answerPreflight\(request\));\s*$/,
  public: /^/,
};

describe("the endpoints of docs/security.md", () => {
  const endpoints = readEndpoints();

  it("are all the routes there are, each of a known kind", () => {
    expect([...endpoints.keys()].sort()).toEqual(routeFiles());
    expect([...endpoints.values()].filter((kind) => !ENDPOINT_KINDS.includes(kind))).toEqual([]);
  });

  it.each([...endpoints])("%s asks first who is there (%s)", (file, kind) => {
    const handlers = handlersOf(file);
    expect(handlers).toHaveLength(handlerCount(file));
    for (const { body } of handlers) expect(body).toMatch(FIRST[kind]);
  });

  it("have the addresses that flat routes give them", () => {
    expect(addressOf("app.datasets.$id.tsx")).toBe("/app/datasets/1");
    expect(addressOf("pixel.checkout_.fired.ts")).toBe("/pixel/checkout/fired");
    expect(addressOf("_index.tsx")).toBe("/");
    expect(addressOf("app._index.tsx")).toBe("/app");
  });
});
