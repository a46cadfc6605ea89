import { expect, test } from "vitest";
import { ORDER_CASES, readExpected } from "./cases.ts";
import { mapCase } from "./map-case.ts";

test.each(ORDER_CASES)("$name becomes the event that was written down for it", (orderCase) => {
  const { outcome } = mapCase(orderCase);
  const result = outcome.kind === "event" ? { event: outcome.event } : { skipped: outcome.reason };
  expect(result).toStrictEqual(readExpected(orderCase.name));
});

test("what is stored is what is sent: a conversion survives JSON", () => {
  for (const orderCase of ORDER_CASES) {
    const { conversion } = mapCase(orderCase);
    expect(JSON.parse(JSON.stringify(conversion))).toStrictEqual(conversion);
  }
});
