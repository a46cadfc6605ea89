import { beforeAll, describe, expect, it } from "vitest";

import { readSettingsExample } from "#app/stores/settings/read-settings-example.server.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const AT = new Date("2026-11-25T10:00:00Z");
const NOW = AT.getTime() + 60_000;

describe.each(DATABASE_KINDS)(
  "JSON that is stored and not as we write it, on the %s database",
  (databaseKind) => {
    const test = shareTestDatabase(databaseKind);
    let store: { readonly id: bigint; readonly datasets: readonly { readonly id: bigint }[] };

    beforeAll(async () => {
      store = await test.database.prisma.store.create({
        data: {
          shop: "odd.myshopify.com",
          installedAt: AT,
          datasets: { create: { datasetId: "1110001", createdAt: AT } },
        },
        include: { datasets: true },
      });
    });

    const conversion = async (
      key: string,
      document: object,
      sentPayload: object | string | number | null,
    ) => {
      const { prisma } = test.database;
      const row = await prisma.conversion.create({
        data: {
          storeId: store.id,
          eventName: "Purchase",
          sourceKey: key,
          orderId: key,
          eventId: key,
          eventTime: AT,
          paidAt: AT,
          receivedAt: AT,
          source: "web",
          actionSource: "website",
          value: "12.50",
          currency: "EUR",
          document,
          deliveries: {
            create: {
              storeId: store.id,
              datasetId: store.datasets[0]?.id ?? 0n,
              state: "delivered",
              dueAt: AT,
              expiresAt: new Date(NOW + 86_400_000),
              createdAt: AT,
              ...(sentPayload === null ? {} : { sentPayload }),
            },
          },
        },
      });
      const copy = { eventId: key, eventTime: AT.getTime() / 1000, value: 12.5, currency: "EUR" };
      const report = await prisma.browserReport.create({
        data: {
          storeId: store.id,
          orderId: key,
          checkoutTokenHash: key,
          receivedAt: AT,
          document: {},
          answer: "fire",
          copy,
          outcome: "sent",
          outcomeAt: AT,
          conversionId: row.id,
        },
      });
      await prisma.conversion.update({ where: { id: row.id }, data: { fireReportId: report.id } });
      return row.id;
    };
    it("of the last order is no example for the settings, and no error", async () => {
      await conversion("8", { customer: "none", consent: 7 }, {});
      expect(await readSettingsExample(test.database, store.id)).toBeNull();
    });
  },
);
