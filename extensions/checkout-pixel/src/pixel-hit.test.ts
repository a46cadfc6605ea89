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
      customerSegmentation: ["new_customer_to_business"],
      limit: { country: 1, state: 1000 },
    },
    {
      page: "https://hats.example/thank-you",
      fbp: "fb.1.1761288000000.1",
      fbc: "fb.1.1761288000000.IwAR0_a-Z",
    },
  );
  expect(address.startsWith("https://www.facebook.com/tr/?")).toBe(true);
  expect(parameters(address)).toEqual({
    id: "1111111111",
    ev: "Purchase",
    eid: "923177",
    dl: "https://hats.example/thank-you",
    ts: "1761288777000",
    v: "tandem-1.4.1",
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
    "cd[customer_segmentation]": '["new_customer_to_business"]',
    dpo: "LDU",
    dpoco: "1",
    dpost: "1000",
  });
});

it("leaves out what is not known", () => {
  const keys = Object.keys(
    parameters(pixelHit(TR, "1", { ...ANSWER, datasets: ["1"] }, { page: "https://a.example/" })),
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

it("sends the identifiers and the page of the server copy, and no other in their place", () => {
  const shared = { fbc: "fb.1.1761288000000.IwARserver", page: "https://hats.example/" };
  const own = { fbp: "fb.1.1761288000000.junk", fbc: "fb.1.1761288000000.null", page: "https://shop.app/1" };
  const sent = parameters(pixelHit(TR, "1", { ...ANSWER, datasets: ["1"], shared }, own));
  expect(sent).toMatchObject({ fbc: shared.fbc, dl: shared.page });
  expect(sent).not.toHaveProperty("fbp");
});

it("is short whatever an older app or a long page gives it: products first, never value, currency, ID or count", () => {
  const line = { id: "SKU".repeat(30), quantity: 1, item_price: 9.57 };
  const answer = {
    ...ANSWER,
    datasets: ["1"],
    contents: Array.from({ length: 250 }, () => line),
    contentIds: Array.from({ length: 250 }, (_, index) => `${line.id}${index}`),
    numItems: 250,
  };
  const address = pixelHit(TR, "1", answer, {
    page: `https://hats.example/${"a/".repeat(900)}`,
    fbc: `fb.1.1761288000000.${"Iw".repeat(490)}`,
  });
  expect(address.length).toBeLessThanOrEqual(2000);
  expect(parameters(address)).toMatchObject({
    eid: "923177",
    dl: "https://hats.example/",
    "cd[value]": "38.36",
    "cd[currency]": "USD",
    "cd[num_items]": "250",
  });
});
