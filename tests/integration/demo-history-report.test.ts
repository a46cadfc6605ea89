import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { readAudit, type AuditReport } from "#app/audit/read-audit.server.ts";
import { makeReport } from "#app/audit/report/make-report.ts";
import { renderReport } from "#app/audit/report/render-report.ts";
import { openDatabase } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { startWorld } from "#sandbox/start-world.ts";

import { fillHistory } from "../../scripts/demo-history.ts";
import { DATASET, SHOP } from "../../scripts/demo-store.ts";

/** A Friday evening in California; the days of the week decide how many buy. */
const TO = Date.UTC(2026, 10, 21, 3);

/** What `demo -- --history` plants (see fillHistory), and what an audit can know it by. */
const PLANTED = {
  "an outage at Meta, and requests with a token that it takes no more": ["errorRate"],
  "two events that Meta refuses for good": ["ordersUnaccounted"],
  "an access token that expires, and goes out two days later": ["copiesApart", "sentLate", "tokenRejected"],
  "four days of a theme without the embed": ["embedSilent", "fbpCoverage", "matchQualityFalling"],
};

const dataDirectory = mkdtempSync(path.join(tmpdir(), "tandem-history-report-"));
let audit: AuditReport;

beforeAll(async () => {
  const world = await startWorld({ dataDirectory });
  try {
    await world.signIn(SHOP);
    await world.connectDataset(SHOP, DATASET);
    world.shopify.store(SHOP).embed.active = true;
    await fillHistory(world, SHOP, { kind: "eventful", to: TO });
  } finally {
    await world.close();
  }
  const database = await openDatabase({ dataDirectory, preparedFolder: "", log: createLog("silent") });
  try {
    const store = await database.prisma.store.findUniqueOrThrow({ where: { shop: SHOP } });
    audit = await readAudit(database, store, TO);
  } finally {
    await database.close();
  }
});
afterAll(() => rmSync(dataDirectory, { recursive: true, force: true }));

it("names each planted fault in its report, and no other", () => {
  const found = audit.history.filter(({ kind }) => kind === "opened").map(({ code }) => code);
  expect([...new Set(found)].sort()).toEqual(Object.values(PLANTED).flat().sort());

  const report = renderReport(
    makeReport(
      audit,
      {
        format: {
          number: String,
          percent: (share) => `${Math.round(share * 100)} %`,
          money: (amount, currency) => `${amount} ${currency}`,
          day: (day) => day,
          dateTime: (at) => new Date(at).toISOString(),
          timeZoneName: "UTC",
        },
        ...{ storeName: "Tandem Demo", agency: null, days: null },
      },
      TO,
    ),
  );
  for (const title of [
    /Found: \d+ % of requests to Meta fail/,
    /Found: (One paid order is neither|\d paid orders are neither) at Meta nor left out for a reason/,
    /Found: Meta refuses the access token of Web shop/,
    /Found: \d+ % of orders reached Meta more than 2 h after the payment/,
    /Found: In \d+ % of pairs the two copies are more than five minutes apart/,
    /Found: The theme embed has not reported for \d+ hours, though orders come/,
    /Found: Only \d+ % of online orders carry the browser ID \(_fbp\)/,
    /Found: Meta’s match quality of Web shop fell from [\d.]+ to [\d.]+ within a week/,
  ])
    expect(report).toMatch(title);
});

it("says that all of it is over: the merchant replaced the token and switched the embed on again", () => {
  expect(audit.open.map(({ code }) => code)).toEqual([]);
});
