import { expect, test } from "vitest";

import { refusalAmong, stateAtDataset, type StateAtDataset } from "./state-at-dataset.ts";

const delivered: StateAtDataset = {
  state: "delivered",
  skip: null,
  pairing: "server_only",
  browser: "blocked",
};
const refused: StateAtDataset = {
  state: "skipped",
  skip: { reason: "no_consent" },
  pairing: "pending",
  browser: "refused",
};
const held: StateAtDataset = { state: "held", skip: null, pairing: "pending", browser: "refused" };

test("an order that its buyer refused is not shown on hold at a dataset that takes nothing", () => {
  expect(stateAtDataset(held, [refused, held], "web")).toEqual({ state: "skipped", pairing: "no_copies" });
  expect(refusalAmong([held, refused])).toBe(refused);
});

test("it is on hold where nobody refused, or where another dataset has it already", () => {
  expect(stateAtDataset(held, [held], "web").state).toBe("held");
  expect(stateAtDataset(held, [refused, held, delivered], "web").state).toBe("held");
});

test("what failed stays failed", () => {
  expect(stateAtDataset({ ...held, state: "dead" }, [refused], "web").state).toBe("dead");
});

test("only a copy that was lost is a recovered one", () => {
  expect(stateAtDataset(delivered, [delivered], "web").pairing).toBe("server_only");
  expect(stateAtDataset({ ...delivered, browser: "elsewhere" }, [delivered], "web").pairing).toBe(
    "no_browser",
  );
});
