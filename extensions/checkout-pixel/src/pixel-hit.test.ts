import { expect, it } from "vitest";
import { pixelHit } from "./pixel-hit.ts";

const ANSWER = {
  fire: true,
  ticket: "t-1",
  eventId: "923177",
  eventTime: 1761288777,
  value: 38.36,
  currency: "USD",
  orderId: "6100000000001",
  datasets: ["1111111111"],
} as const;
const TR = "https://www.facebook.com/tr/";
const parameters = (address: string) => Object.fromEntries(new URL(address).searchParams);

it("is Meta's image tag with every value of the answer", () => {
  const address = pixelHit(
    TR,
    "1111111111",
    {
      ...ANSWER,
      datasets: ["1111111111"],
      contents: [{ id: "7", quantity: 3, item_price: 9.57 }],
      contentIds: ["7"],
      contentType: "product",
      numItems: 3,
      limit: { country: 1, state: 1000 },
    },
    "https://hats.example/thank-you",
    { fbp: "fb.1.1761288000000.1", fbc: "fb.1.1761288000000.IwAR0_a-Z" },
  );
  expect(address.startsWith("https://www.facebook.com/tr/?")).toBe(true);
  expect(parameters(address)).toEqual({
    id: "1111111111",
    ev: "Purchase",
    eid: "923177",
    dl: "https://hats.example/thank-you",
    ts: "1761288777000",
    v: "tandem-1.0.0",
    fbp: "fb.1.1761288000000.1",
    fbc: "fb.1.1761288000000.IwAR0_a-Z",
    noscript: "1",
    "cd[value]": "38.36",
    "cd[currency]": "USD",
    "cd[order_id]": "6100000000001",
    "cd[contents]": '[{"id":"7","quantity":3,"item_price":9.57}]',
    "cd[content_ids]": '["7"]',
    "cd[content_type]": "product",
    "cd[num_items]": "3",
    dpo: "LDU",
    dpoco: "1",
    dpost: "1000",
  });
});

it("leaves out what is not known", () => {
  const keys = Object.keys(
    parameters(pixelHit(TR, "1", { ...ANSWER, datasets: ["1"] }, "https://a.example/", {})),
  );
  expect(keys).toEqual([
    "id",
    "ev",
    "eid",
    "dl",
    "ts",
    "v",
    "noscript",
    "cd[value]",
    "cd[currency]",
    "cd[order_id]",
  ]);
});
