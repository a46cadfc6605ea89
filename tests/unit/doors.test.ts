import { describe, expect, it } from "vitest";

import {
  DOOR_KINDS,
  addressOf,
  handlerCount,
  handlersOf,
  readDoors,
  routeFiles,
  type DoorKind,
} from "#tests/security/doors.ts";

/** What the first statement of every loader and action of a kind must be. */
const FIRST: Readonly<Record<DoorKind, RegExp>> = {
  admin: /^\s*(?:const \{[\w\s,]+\} = )?await (?:signedInStore\(args\)|authenticateAdmin\(args\));/,
  webhook: /^\s*return receive\w+\(tandem, (?:"[\w/]+", )?request\);\s*$/,
  proxy: /^\s*return tandem\.pairing\.\w+\(request\);\s*$/,
  pixel:
    /^\s*return (?:tandem\.pairing\.\w+\(request, clientAddress(?:, callerGone)?\)|answerPreflight\(request\));\s*$/,
  public: /^/,
};

describe("the doors of docs/security.md", () => {
  const doors = readDoors();

  it("are all the routes there are, each of a known kind", () => {
    expect([...doors.keys()].sort()).toEqual(routeFiles());
    expect([...doors.values()].filter((kind) => !DOOR_KINDS.includes(kind))).toEqual([]);
  });

  it.each([...doors])("%s asks first who is there (%s)", (file, kind) => {
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
