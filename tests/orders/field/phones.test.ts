/** Field cases 02 and 12; the hashes were made with sha256sum. */
import { expect, test } from "vitest";
import { z } from "zod";
import { runFieldCase } from "./run-field-case.ts";

const event = z.object({ user_data: z.object({ ph: z.array(z.string()) }) });

test.each([
  ["02_phone_de_no_plus.json", "31855eb9e14ed636379cb23278117407757b2308e6994443d884ad216128d5b5"], // 491713920012
  ["12_phone_mx_521.json", "8f9d0944329b5338c6fb86f293ceb39385b596254748dd3628ec62f55c334811"], // 525512345678
])("%s", (file, hash) => {
  expect(event.parse(runFieldCase(file)).user_data.ph).toEqual([hash]);
});
