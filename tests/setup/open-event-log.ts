import { openTestDatabase, type DatabaseKind, type TestDatabase } from "./open-test-database.ts";

const HOUR = 3_600_000;
/** 2026-03-10 00:30 in Los Angeles (UTC-7 since the 8th). */
export const NEWEST = Date.UTC(2026, 2, 10, 7, 30);

interface Made {
  readonly number: number;
  readonly state?: string;
  readonly skipReason?: string;
  readonly consentReason?: string;
  readonly lastClass?: string;
  readonly country?: string;
  readonly currency?: string;
  readonly pairing?: string;
  readonly source?: string;
  readonly dataset?: "first" | "second" | "both";
  readonly hoursAgo?: number;
}

const ORDERS: readonly Made[] = [
  {
    number: 1001,
    state: "delivered",
    pairing: "paired",
    lastClass: "transient",
    currency: "JPY",
    hoursAgo: 60,
  },
  {
    number: 1002,
    state: "skipped",
    skipReason: "no_consent",
    consentReason: "consent_refused",
    country: "DE",
    hoursAgo: 50,
  },
  { number: 1003, state: "dead", lastClass: "payload", country: "FR", hoursAgo: 40 },
  { number: 1004, state: "delivered", pairing: "server_only", country: "DE", hoursAgo: 30 },
  { number: 1005, state: "delivered", pairing: "server_only", source: "pos", hoursAgo: 24 },
  { number: 1006, state: "retrying", hoursAgo: 20 },
  { number: 1007, state: "due", dataset: "second", hoursAgo: 2 },
  { number: 1008, state: "waiting", hoursAgo: 1 },
  { number: 1009, state: "dead", dataset: "both", hoursAgo: 0 },
];

interface EventLogStore {
  readonly id: bigint;
  readonly timeZone: string;
}

/** Two stores with the same nine orders in every state, for what reads the event log. */
export async function openEventLog(databaseKind: DatabaseKind): Promise<{
  test: TestDatabase;
  store: EventLogStore;
  other: EventLogStore;
  /** The store's second dataset, which is held. */
  second: bigint;
}> {
  const test = await openTestDatabase(databaseKind);
  let opened: { store: EventLogStore; second: bigint } | undefined;
  let other: EventLogStore | undefined;
  const { prisma } = test.database;
  const open = (shop: string) =>
    prisma.store.create({
      data: {
        shop,
        timeZone: "America/Los_Angeles",
        installedAt: new Date(NEWEST),
        datasets: {
          create: [
            { datasetId: "111111", name: "First", createdAt: new Date(NEWEST) },
            // A stop of the whole dataset: its rows are shown as held, whatever their own state.
            {
              datasetId: "222222",
              name: "=Second",
              createdAt: new Date(NEWEST),
              heldAt: new Date(NEWEST),
              heldClass: "credential",
            },
          ],
        },
      },
      include: { datasets: { orderBy: { id: "asc" } } },
    });
  for (const shop of ["one.myshopify.com", "two.myshopify.com"]) {
    const made = await open(shop);
    const [first, next] = made.datasets;
    if (!first || !next) throw new Error("no datasets");
    if (shop.startsWith("one")) opened = { store: made, second: next.id };
    else other = made;
    for (const order of ORDERS) {
      const at = new Date(NEWEST - (order.hoursAgo ?? 0) * HOUR);
      const ids =
        order.dataset === "both" ? [first.id, next.id] : [order.dataset === "second" ? next.id : first.id];
      await prisma.conversion.create({
        data: {
          storeId: made.id,
          eventName: "Purchase",
          sourceKey: String(700_000 + order.number),
          orderId: String(700_000 + order.number),
          orderNumber: String(order.number),
          orderName: `=HYPERLINK("#${order.number}")`,
          eventId: String(order.number),
          eventTime: at,
          paidAt: at,
          receivedAt: at,
          source: order.source ?? "web",
          actionSource: "website",
          identityKeys: ["em"],
          value: 10,
          currency: order.currency ?? "USD",
          consentReason: order.consentReason ?? null,
          ...(order.country && { document: { consent: { country: order.country } } }),
          pairing: order.pairing ?? "pending",
          deliveries: {
            create: ids.map((datasetId) => ({
              storeId: made.id,
              datasetId,
              state: order.state ?? "due",
              skipReason: order.skipReason ?? null,
              lastClass: order.lastClass ?? null,
              dueAt: at,
              expiresAt: new Date(at.getTime() + 7 * 24 * HOUR),
              createdAt: at,
            })),
          },
        },
      });
    }
  }
  if (!opened || !other) throw new Error("no stores");
  return { test, other, ...opened };
}
