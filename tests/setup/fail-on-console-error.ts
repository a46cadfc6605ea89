import { afterEach, beforeEach, vi, type MockInstance } from "vitest";

// A console error in a test run is a fault that nobody asserted: it fails the test. A test that expects one spies first.
let spies: MockInstance[] = [];

beforeEach(() => {
  spies = (["error", "warn"] as const).map((method) => vi.spyOn(console, method));
});

afterEach(() => {
  const calls = spies.flatMap((spy) => spy.mock.calls.map((call) => call.map(String).join(" ")));
  for (const spy of spies) spy.mockRestore();
  if (calls.length > 0) throw new Error(`The console was written to during the test:\n${calls.join("\n")}`);
});
