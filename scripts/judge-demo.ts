import type { WebhookOutcome } from "#sandbox/shopify/webhooks/send-webhooks.ts";
import type { World } from "#sandbox/start-world.ts";

import { openDatabase } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";

import type { ExpectedOrder } from "./demo-orders.ts";

export interface DemoSummary {
  readonly orders: number;
  /** Orders that Tandem stored. */
  readonly accepted: number;
  readonly delivered: number;
  readonly skipped: number;
  /** Server events that reached Meta, repeats included. */
  readonly metaReceived: number;
  /** Sales that Meta counted. */
  readonly metaCounted: number;
  /** Orders that should count and did not, or that nobody can explain. */
  readonly lost: number;
  /** Orders that Meta counted more than once. */
  readonly doubled: number;
  readonly errors: readonly string[];
}

const PATIENCE_MS = 150_000;

/** Waits until Meta has what it should have, stops the app, and compares three books: the orders, ours, and Meta's. */
export async function judgeDemo(input: {
  readonly world: World;
  readonly shop: string;
  readonly dataset: string;
  readonly orders: readonly ExpectedOrder[];
  readonly sent: readonly WebhookOutcome[];
  readonly dataDirectory: string;
}): Promise<{ readonly ok: boolean; readonly summary: DemoSummary }> {
  const { world, dataset, orders } = input;
  const eventIdOf = (order: ExpectedOrder) => String(order.record.payload.order_number);
  const shouldCount = orders.filter((order) => order.expected === "counted");
  const countedBy = () => new Map(world.meta.events({ dataset }).map((event) => [event.id ?? "", event]));

  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const now = countedBy();
    if (shouldCount.every((order) => now.has(eventIdOf(order)))) break;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  // What should not come gets time to come all the same.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const exitCode = await world.app.stop();
  const meta = countedBy();

  const errors: string[] = [];
  if (exitCode !== 0) errors.push(`the app ended with ${exitCode}`);
  for (const outcome of input.sent) {
    if (outcome.kind === "gave_up") errors.push(`a webhook was never accepted (${outcome.status})`);
    if (outcome.kind === "refused" && outcome.status !== 401)
      errors.push(`a forgery was answered ${outcome.status}`);
  }
  const database = await openDatabase({ dataDirectory: input.dataDirectory, log: createLog("silent") });
  const rows = await database.prisma.delivery.findMany({
    include: { conversion: { select: { orderId: true } } },
  });
  const accepted = await database.prisma.conversion.count();
  await database.close();
  const stored = new Map(rows.map((row) => [row.conversion.orderId, row]));

  let lost = 0;
  for (const order of orders) {
    const row = stored.get(String(order.record.payload.id));
    const event = meta.get(eventIdOf(order));
    if (order.expected === "counted") {
      if (event?.counted !== 1 || row?.state !== "delivered") lost += event ? 0 : 1;
      if (row?.state !== "delivered")
        errors.push(
          `order ${order.record.payload.name} is ${row?.state ?? "unknown"} ${row?.skipReason ?? row?.lastMessage ?? ""}`,
        );
    } else {
      if (event) errors.push(`order ${order.record.payload.name} (${order.expected}) reached Meta`);
      if (row?.skipReason !== order.expected) {
        lost += row ? 0 : 1;
        errors.push(
          `order ${order.record.payload.name} should be ${order.expected}, is ${row?.skipReason ?? row?.state ?? "unknown"}`,
        );
      }
    }
  }
  const known = new Set(orders.map(eventIdOf));
  for (const id of meta.keys())
    if (!known.has(id)) errors.push(`Meta got an event that no order explains: ${id}`);
  const doubled = [...meta.values()].filter((event) => event.counted > 1).length;
  const metaReceived = [...meta.values()].reduce(
    (sum, event) => sum + event.copies.length + event.unlisted,
    0,
  );
  const metaCounted = [...meta.values()].reduce((sum, event) => sum + event.counted, 0);
  if (metaCounted !== shouldCount.length)
    errors.push(`Meta counted ${metaCounted} sales, not ${shouldCount.length}`);
  const summary: DemoSummary = {
    orders: orders.length,
    accepted,
    delivered: rows.filter((row) => row.state === "delivered").length,
    skipped: rows.filter((row) => row.state === "skipped").length,
    metaReceived,
    metaCounted,
    lost,
    doubled,
    errors: errors.slice(0, 20),
  };
  return {
    ok: lost === 0 && doubled === 0 && errors.length === 0,
    summary,
  };
}
