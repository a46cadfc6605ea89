import { beforeEach, describe, expect, it } from "vitest";

import { runAudit } from "#app/audit/run-audit.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { breakAudit, NOW, seedHealthyStore } from "#tests/setup/seed-audit-history.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

import { audit } from "../../scripts/ops/audit.ts";
import { UsageProblem } from "../../scripts/ops/command.ts";

const HOUR_MS = 3_600_000;

describe.each(DATABASE_KINDS)("the operator's list of findings on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  beforeEach(() => test.database.prisma.store.deleteMany());
  const ask = (options: Record<string, string | boolean> = {}) =>
    audit.run({ database: test.database, clock: () => NOW, log: createLog("silent") }, options);

  /** A store of five days, changed as given, and looked at if `isChecked`. */
  const seed = async (
    name: string,
    change: { readonly store?: object; readonly dataset?: object; readonly isChecked?: boolean },
  ) => {
    const { prisma } = test.database;
    const shop = `${name}.myshopify.com`;
    const { storeId, datasetRow } = await seedHealthyStore(test.database, shop, { perDay: 1, days: 5 });
    await prisma.dataset.update({ where: { id: datasetRow }, data: change.dataset ?? {} });
    const store = await prisma.store.update({ where: { id: storeId }, data: change.store ?? {} });
    if (change.isChecked !== false) await runAudit(test.database, store, NOW);
    return store;
  };
  const held = { heldClass: "credential", heldAt: new Date(NOW - HOUR_MS) };

  it("is of all installed stores, the worst first, in words and figures, and names who was not looked at", async () => {
    const low = await seed("alpha", { store: { valueBasis: "subtotal" } });
    await seed("beta", { dataset: held });
    await seed("gamma", { dataset: held, isChecked: false });
    await seed("gone", { dataset: held, store: { state: "uninstalled" } });
    await test.database.prisma.finding.updateMany({
      where: { storeId: low.id },
      data: { snoozedUntil: new Date(NOW + HOUR_MS), snoozeReason: "meant so" },
    });
    expect(await ask()).toMatchObject({
      ok: true,
      stores: 3,
      unchecked: ["gamma.myshopify.com"],
      findings: [
        {
          shop: "beta.myshopify.com",
          check: "tokenRejected",
          severity: "critical",
          certainty: "proven",
          title: expect.stringMatching(/^Meta refuses the access token of \d+$/),
          mend: expect.stringContaining("generate a new token"),
          openedAt: new Date(NOW).toISOString(),
          times: 1,
          snoozedUntil: null,
        },
        {
          shop: "alpha.myshopify.com",
          check: "valueBasis",
          severity: "low",
          snoozedUntil: new Date(NOW + HOUR_MS).toISOString(),
        },
      ],
    });
  });

  it("is of one store where one is named, and says that there is none of a name", async () => {
    await seed("alpha", { store: { valueBasis: "subtotal" } });
    await seed("beta", { dataset: held });
    for (const option of ["store", "shop"])
      expect(await ask({ [option]: "beta.myshopify.com" })).toMatchObject({
        stores: 1,
        findings: [{ shop: "beta.myshopify.com" }],
      });
    await expect(ask({ store: "nobody.myshopify.com" })).rejects.toThrow(UsageProblem);
  });

  it("looks anew where that is asked, and goes on past a store that cannot be looked at", async () => {
    const odd = await seed("alpha", { dataset: held, isChecked: false });
    await breakAudit(test.database, odd.id);
    await seed("beta", { dataset: held, isChecked: false });
    expect(await ask({ now: true })).toMatchObject({
      ok: false,
      stores: 2,
      unchecked: ["alpha.myshopify.com"],
      findings: [{ shop: "beta.myshopify.com", check: "tokenRejected" }],
    });
  });
});
