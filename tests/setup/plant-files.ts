/** An order of a made-up shop, as rows of Shopify's export and of Meta's are made of it. */
export interface PlantedOrder {
  readonly number: number;
  /** "2026-11-05 10:03:00 -0500" */
  readonly at: string;
  readonly status: string;
  readonly total: string;
  readonly gateway: string;
}

export interface PlantedEvent {
  readonly at: string;
  readonly id: string;
  readonly side: "Browser" | "Server";
  readonly value: string;
  readonly currency: string;
}

const ORDER_HEAD =
  "Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Created at,Lineitem name,Billing Name,Billing City,Payment Method,Id,Source";
const EVENT_HEAD = "Event name,Event time,Event ID,Received from,Value,Currency";

/** So many orders, eight a day from 1 November on; both copies of each, healthy but for what `change` makes of it. */
export function plantFiles(
  count: number,
  change: {
    readonly order?: (order: PlantedOrder, index: number) => PlantedOrder;
    readonly events?: (events: readonly PlantedEvent[], index: number) => readonly PlantedEvent[];
  } = {},
): { readonly orders: string; readonly events: string } {
  const orders: string[] = [ORDER_HEAD];
  const events: string[] = [EVENT_HEAD];
  for (let index = 0; index < count; index += 1) {
    const number = 1001 + index;
    const minute = String(index % 60).padStart(2, "0");
    const day = new Date(Date.UTC(2026, 10, 1 + Math.floor(index / 8))).toISOString().slice(0, 10);
    const healthy: PlantedOrder = {
      number,
      at: `${day} 10:${minute}:00 -0500`,
      status: "paid",
      total: "55.00",
      gateway: "Shopify Payments",
    };
    const order = change.order?.(healthy, index) ?? healthy;
    const paidAt = order.status === "paid" ? order.at : "";
    const id = 6_100_000_000_000 + number;
    orders.push(
      `#${number},jane${number}@example.com,${order.status},${paidAt},USD,50.00,${order.total},${order.at},"Tee, large","Doe, Jane",Berlin,${order.gateway},${id},web`,
      `#${number},jane${number}@example.com,,,,,,${order.at},Mug,,,,,`,
    );
    const both = (["Server", "Browser"] as const).map((side): PlantedEvent => ({
      at: `${day} 10:${minute}:30 -0500`,
      id: String(number),
      side,
      value: "55.00",
      currency: "USD",
    }));
    for (const each of change.events?.(both, index) ?? both)
      events.push(`Purchase,${each.at},${each.id},${each.side},${each.value},${each.currency}`);
  }
  return { orders: `${orders.join("\n")}\n`, events: `${events.join("\n")}\n` };
}
