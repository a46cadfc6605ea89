import { expect, it } from "vitest";

import { FaultBoard } from "./fault-board.ts";
import type { FaultTarget } from "./fault.ts";

const target = (changes: Partial<FaultTarget> = {}): FaultTarget => ({
  scope: "events",
  dataset: "1",
  now: 1000,
  ...changes,
});
const struck = (board: FaultBoard, ...targets: FaultTarget[]): (string | undefined)[] =>
  targets.map((each) => board.decide(each).fault?.kind);

it("strikes as often as told, after those it lets pass", () => {
  const board = new FaultBoard(() => 0);
  board.set([{ kind: "html", times: 2, skip: 1 }]);
  expect(struck(board, target(), target(), target(), target())).toEqual([
    undefined,
    "html",
    "html",
    undefined,
  ]);
});

it("strikes its dataset, its scope and its time only", () => {
  const board = new FaultBoard(() => 0);
  board.set([{ kind: "down", dataset: "1", scope: "debug_token", from: 1000, until: 2000 }]);
  const hit = target({ scope: "debug_token" });
  expect(
    struck(board, hit, { ...hit, dataset: "2" }, target(), { ...hit, now: 999 }, { ...hit, now: 2000 }),
  ).toEqual(["down", undefined, undefined, undefined, undefined]);
});

it("strikes with the given probability", () => {
  const draws = [0.1, 0.2, 0.19];
  const board = new FaultBoard(() => draws.shift() ?? 1);
  board.set([{ kind: "html", probability: 0.2 }]);
  expect(struck(board, target(), target(), target())).toEqual(["html", undefined, "html"]);
});

it("adds latencies up and goes on to the first fault that shapes the answer", () => {
  const board = new FaultBoard(() => 0.5);
  board.set([
    { kind: "latency", ms: 10, jitterMs: 4 },
    { kind: "latency", ms: 5 },
    { kind: "html" },
    { kind: "down", times: 1 },
  ]);
  const decision = board.decide(target());
  expect(decision.delayMs).toBe(17);
  expect(decision.fault?.kind).toBe("html");
  expect(board.list().map((armed) => armed.struck)).toEqual([1, 1, 1, 0]);
});
