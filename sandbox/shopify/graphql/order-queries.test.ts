import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { AdminDesk, HOUR, SHOP } from "#tests/setup/sandbox/admin-desk.ts";

const DAY = 24 * HOUR;
const desk = await AdminDesk.open();
afterAll(() => desk.sandbox.close());
beforeEach(() => desk.refresh());

describe("orders", () => {
  const names = async (query: string, more = "sortKey: UPDATED_AT") => {
    const answer = await desk.ask(
      `query ($q: String) { orders(first: 50, query: $q, ${more}) { nodes { name } } }`,
      { q: query },
    );
    return (answer.data as { orders: { nodes: { name: string }[] } } | undefined)?.orders.nodes.map(
      ({ name }) => name,
    );
  };

  it("are the webhook's orders in the Admin API's words", async () => {
    const order = desk.sandbox.placeOrder(SHOP, {
      country: "US",
      lines: [{ variantId: 40000000000001n, quantity: 3 }],
      discountPercent: 40,
      noteAttributes: [{ name: "_fbp", value: "fb.1.1758805031025.600000001" }],
      checkoutToken: "abc",
    });
    const { data } = await desk.ask(`{ order(id: "gid://shopify/Order/${order.id}") {
      legacyResourceId number test sourceName checkoutToken displayFinancialStatus fullyPaid clientIp createdAt
      totalPriceSet { shopMoney { amount currencyCode } } customAttributes { key value } email
      lineItems(first: 5) { nodes { quantity discountAllocations { allocatedAmountSet { shopMoney { amount } } } product { legacyResourceId } } }
      transactions { kind status processedAt } shippingAddress { countryCodeV2 } customer { legacyResourceId }
    } }`);
    expect(data).toMatchObject({
      order: {
        legacyResourceId: order.id,
        number: order.payload.order_number,
        checkoutToken: "abc",
        displayFinancialStatus: "PAID",
        clientIp: order.payload.browser_ip,
        customAttributes: [{ key: "_fbp", value: "fb.1.1758805031025.600000001" }],
        email: order.payload.email,
        // 40 % of 3 x 15.95 is 19.14.
        lineItems: {
          nodes: [
            {
              quantity: 3,
              discountAllocations: [{ allocatedAmountSet: { shopMoney: { amount: "19.14" } } }],
              product: { legacyResourceId: "7000000000001" },
            },
          ],
        },
        transactions: [{ kind: "SALE", status: "SUCCESS" }],
        shippingAddress: { countryCodeV2: "US" },
      },
    });
  });

  it("are found by time, payment and token; a late payment moves updated_at but not created_at", async () => {
    const early = desk.sandbox.placeOrder(SHOP, {
      at: desk.clock - 3 * DAY,
      paid: false,
      checkoutToken: "tok1",
    });
    const fresh = desk.sandbox.placeOrder(SHOP, { checkoutToken: "tok2" });
    const since = new Date(desk.clock - HOUR).toISOString();
    expect(await names(`updated_at:>='${since}' AND financial_status:paid`)).toEqual([fresh.payload.name]);
    void desk.sandbox.pay(SHOP, early.id, { lost: true });
    expect(await names(`updated_at:>='${since}' financial_status:paid`)).toEqual([
      early.payload.name,
      fresh.payload.name,
    ]);
    expect(await names(`created_at:<'${since}'`)).toEqual([early.payload.name]);
    expect(await names("checkout_token:tok2")).toEqual([fresh.payload.name]);
    expect(await names(`id:${early.id} OR id:${fresh.id}`)).toHaveLength(2);
    const paid = "(financial_status:paid OR financial_status:pending)";
    expect(await names(`${paid} AND id:${fresh.id}`)).toEqual([fresh.payload.name]);
    expect(await names("-checkout_token:tok2")).toBeUndefined();
  });

  it("come page by page without gaps, newest first when reversed", async () => {
    const placed = Array.from({ length: 7 }, (_, index) =>
      desk.sandbox.placeOrder(SHOP, { at: desk.clock - index * 1000 }),
    );
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const answer = await desk.ask(
        `query ($after: String) { orders(first: 3, after: $after, sortKey: CREATED_AT, reverse: true) { nodes { legacyResourceId } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      const page = (
        answer.data as unknown as {
          orders: {
            nodes: { legacyResourceId: string }[];
            pageInfo: { hasNextPage: boolean; endCursor: string };
          };
        }
      ).orders;
      seen.push(...page.nodes.map((node) => node.legacyResourceId));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(placed.map((order) => order.id));
  });

  it("older than sixty days need read_all_orders", async () => {
    desk.sandbox.placeOrder(SHOP, { at: desk.clock - 61 * DAY });
    expect(await names("")).toEqual([]);
  });

  it("warn of a filter that does not exist", async () => {
    const { extensions } = await desk.ask(`{ orders(first: 1, query: "paid_at:>2026") { nodes { id } } }`);
    expect(extensions?.search).toMatchObject([{ warnings: [{ field: "paid_at", code: "invalid_field" }] }]);
  });
});
