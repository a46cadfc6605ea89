import { beforeAll, describe, expect, it } from "vitest";

import { EVENT_CSV_WORDS } from "#app/components/events/event-csv-words.ts";
import { pairingLabel } from "#app/components/frame/words.ts";
import { shownPairing } from "#app/conversions/shown-pairing.ts";
import { readEventFilters } from "#app/quality/event-filters.ts";
import { readEventDetail } from "#app/quality/read-event-detail.server.ts";
import { readEvents } from "#app/quality/read-events.server.ts";
import { streamEventsCsv } from "#app/quality/stream-events-csv.server.ts";
import { zoneOffsets } from "#app/quality/zone-offsets.server.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const NOW = Date.UTC(2026, 2, 10, 7, 30);
const FIRST = "111111";
const SECOND = "222222";

interface Made {
  readonly about: string;
  readonly pairing: string;
  readonly source?: string;
  /** States of the server copies: at the first dataset, at the second. */
  readonly states: readonly [string, string];
  /** Datasets to which the browser was told to send its copy; it did. */
  readonly told?: readonly string[];
  /** What the server sent to the first dataset, where that is not what was stored. */
  readonly sent?: object;
  /** What is said of the first dataset, and of the second. */
  readonly says: readonly [string, string];
}

const ORDERS: readonly Made[] = [
  {
    about: "both copies at both",
    pairing: "paired",
    states: ["delivered", "delivered"],
    told: [FIRST, SECOND],
    says: ["Paired", "Paired"],
  },
  {
    about: "the server copy skipped at the second",
    pairing: "paired",
    states: ["delivered", "skipped"],
    told: [FIRST, SECOND],
    says: ["Paired", "Browser only"],
  },
  {
    about: "the server copy refused at the second",
    pairing: "paired",
    states: ["delivered", "dead"],
    told: [FIRST, SECOND],
    says: ["Paired", "Browser only"],
  },
  {
    about: "the server copy still on its way to the second",
    pairing: "paired",
    states: ["delivered", "retrying"],
    told: [FIRST, SECOND],
    says: ["Paired", "Not known yet"],
  },
  {
    about: "a browser that was told of the first alone",
    pairing: "paired",
    states: ["delivered", "delivered"],
    told: [FIRST],
    says: ["Paired", "Recovered"],
  },
  {
    about: "another event ID at the first",
    pairing: "mismatched",
    states: ["delivered", "delivered"],
    told: [FIRST, SECOND],
    sent: { event_name: "Purchase", event_id: "another" },
    says: ["Mismatched", "Paired"],
  },
  {
    about: "no browser heard of, and skipped at the second",
    pairing: "server_only",
    states: ["delivered", "skipped"],
    says: ["Recovered", "No copies"],
  },
  {
    about: "the browser's copies alone",
    pairing: "browser_only",
    states: ["dead", "dead"],
    told: [FIRST, SECOND],
    says: ["Browser only", "Browser only"],
  },
  {
    about: "left out of both",
    pairing: "pending",
    states: ["skipped", "skipped"],
    says: ["No copies", "No copies"],
  },
  {
    about: "sold in person",
    pairing: "server_only",
    source: "pos",
    states: ["delivered", "delivered"],
    says: ["No browser", "No browser"],
  },
];

describe.each(DATABASE_KINDS)("a store with two datasets on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let store: { id: bigint; timeZone: string };
  const ids: string[] = [];

  beforeAll(async () => {
    const at = new Date(NOW);
    const made = await test.database.prisma.store.create({
      data: {
        shop: "two.myshopify.com",
        timeZone: "America/Los_Angeles",
        installedAt: at,
        datasets: {
          create: [
            { datasetId: FIRST, name: "First", createdAt: at },
            { datasetId: SECOND, name: "Second", createdAt: at },
          ],
        },
      },
      include: { datasets: { orderBy: { id: "asc" } } },
    });
    store = made;
    for (const [index, order] of ORDERS.entries()) ids.push(await make(made, index, order));
  });

  async function make(
    { id: storeId, datasets }: { id: bigint; datasets: readonly { id: bigint }[] },
    index: number,
    order: Made,
  ): Promise<string> {
    const at = new Date(NOW);
    const eventId = String(1001 + index);
    const row = await test.database.prisma.conversion.create({
      data: {
        ...{ storeId, eventName: "Purchase", sourceKey: eventId, orderId: eventId, orderName: `#${eventId}` },
        ...{ eventId, eventTime: at, paidAt: at, receivedAt: at, actionSource: "website" },
        ...{ source: order.source ?? "web", pairing: order.pairing, pairedAt: at },
        deliveries: {
          create: datasets.map((dataset, which) => ({
            ...{ storeId, datasetId: dataset.id, state: order.states[which] ?? "" },
            ...{ dueAt: at, expiresAt: new Date(NOW + 7 * 86_400_000), createdAt: at },
            ...(order.states[which] === "delivered" && { firstSentAt: at }),
            ...(which === 0 && order.sent && { sentPayload: order.sent }),
          })),
        },
      },
    });
    if (order.told)
      await test.database.prisma.browserReport.create({
        data: {
          ...{ storeId, orderId: eventId, checkoutTokenHash: eventId, receivedAt: at, answeredAt: at },
          ...{ answer: "fire", outcome: "sent", outcomeAt: at, conversionId: row.id },
          copy: { eventId, eventTime: NOW / 1000, datasets: [...order.told] },
        },
      });
    return String(row.id);
  }

  it.each(ORDERS.map((order, index) => ({ ...order, index })))(
    "says in the list, the file and on the order's page alike: $about",
    async ({ index, says }) => {
      const filters = readEventFilters(new URLSearchParams());
      const { rows } = await readEvents(test.database, { store, filters, cursor: {} });
      const row = rows.find((each) => each.id === ids[index]);
      const list = row?.deliveries.map((each) => pairingLabel(each.pairing).text);

      const offsets = zoneOffsets(store.timeZone, NOW);
      const csv = streamEventsCsv(test.database, { store, filters, words: EVENT_CSV_WORDS, offsets });
      const [head = "", ...lines] = (await new Response(csv).text()).trim().split("\r\n");
      const column = head.split(",").indexOf("deduplication_text");
      const file = lines
        .map((line) => line.split(","))
        .filter((cells) => cells[0] === row?.orderName)
        .map((cells) => cells[column]);

      const input = { store, id: ids[index] ?? "", graphUrl: "https://g", now: NOW };
      const detail = await readEventDetail(test.database, input);
      const page = detail?.deliveries.map(
        (each) => pairingLabel(shownPairing(each.pairing, detail.source, [each.state])).text,
      );
      expect({ list, file, page }).toEqual({ list: says, file: says, page: says });
    },
  );
});
