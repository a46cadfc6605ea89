import type { OrderWish } from "#sandbox/shopify/orders/order-wish.ts";
import type { OrderRecord } from "#sandbox/shopify/store.ts";
import type { World } from "#sandbox/start-world.ts";

export const CONSENTED = [{ name: "_tandem_consent", value: "m1a1p1s1" }];

/** A paid web order of a buyer who agreed, placed and reported. */
export async function sendOrder(world: World, shop: string, wish: OrderWish = {}): Promise<OrderRecord> {
  const record = world.shopify.placeOrder(shop, {
    kind: "web",
    country: "US",
    noteAttributes: CONSENTED,
    ...wish,
  });
  await world.shopify.sendPaid(shop, record);
  return record;
}

/** Waits until Meta has the order's event. */
export async function arrived(world: World, dataset: string, record: OrderRecord): Promise<void> {
  const id = String(record.payload.order_number);
  const deadline = Date.now() + 60_000;
  while (!world.meta.events({ dataset }).some((event) => event.id === id)) {
    if (Date.now() > deadline) throw new Error(`order ${id} did not arrive at Meta`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Late payments do not wait for a browser, so what becomes of them is quickly seen. */
export const LATE: OrderWish = { at: Date.now() - 3 * 3_600_000, paid: true };

/** One delivered, one skipped, one refused for good, then an expired token and two that wait for a new one. */
export async function troubleOrders(world: World, shop: string, dataset: string): Promise<void> {
  const refused = world.shopify.placeOrder(shop, {
    kind: "web",
    country: "US",
    noteAttributes: CONSENTED,
    ...LATE,
  });
  const number = String(refused.payload.order_number);
  world.meta.setFaults([{ kind: "reject_event", eventId: number }]);
  const fine = await sendOrder(world, shop, LATE);
  await sendOrder(world, shop, { ...LATE, country: "DE", noteAttributes: [] });
  await world.shopify.sendPaid(shop, refused);
  await arrived(world, dataset, fine);
  await pause(6_000);
  world.meta.setFaults([{ kind: "token_error" }]);
  await sendOrder(world, shop, LATE);
  await sendOrder(world, shop, LATE);
  await pause(5_000);
}

/** What is waited for leaves no trace outside of the app. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
