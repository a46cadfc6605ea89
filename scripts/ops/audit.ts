import { SHOP_OPTION, UsageProblem, type OpsCommand, type OpsContext, type OpsValues } from "./command.ts";

/** The findings of all stores, worst first, in words and figures. */
export const audit = {
  does: "the findings of all stores, worst first",
  takes: "a second; some seconds a store with --now",
  options: [
    SHOP_OPTION,
    { flags: "--store <shop>", does: "the same as --shop" },
    { flags: "--now", does: "looks at the stores anew before" },
  ],
  run: async (
    { database, clock, log }: Pick<OpsContext, "clock" | "database" | "log">,
    values: OpsValues,
  ) => {
    const { readAllFindings } = await import("#app/audit/all-findings.server.ts");
    const { partOf, titleOf } = await import("#app/audit/say-finding.ts");
    const { writeMoney, writeNumber, writePercent } = await import("#app/quality/write-number.ts");
    const { sayText } = await import("#app/texts/texts.ts");
    const format = {
      number: (value: number) => writeNumber(value),
      percent: writePercent,
      money: (amount: number, currency: string) => writeMoney(amount, currency, null),
      day: (day: string) => day,
    };
    // The other commands say --shop.
    const shop = values["store"] ?? values["shop"];
    const asked = typeof shop === "string" ? { shop } : {};
    const stores = await database.prisma.store.findMany({ where: { state: "installed", ...asked } });
    if (stores.length === 0 && typeof shop === "string")
      throw new UsageProblem(`no installed store is called ${shop}`);
    let failed = 0;
    // One store that cannot be looked at keeps no other from it; it stands among the unchecked.
    if (values["now"] === true) {
      const { auditStore } = await import("#app/audit/audit-stores.server.ts");
      for (const store of stores) if (!(await auditStore({ database, clock, log }, store.id))) failed += 1;
    }
    const { unchecked, findings } = await readAllFindings(database, { ...asked, now: clock() });
    return {
      ok: failed === 0,
      stores: stores.length,
      unchecked,
      findings: findings.map((finding) => ({
        shop: finding.shop,
        check: finding.code,
        severity: finding.severity,
        certainty: finding.certainty,
        title: sayText(titleOf(finding, format)),
        mend: sayText(partOf(finding, "mend", format)),
        since: finding.since,
        orders: finding.orders,
        worth: finding.worth,
        openedAt: new Date(finding.openedAt).toISOString(),
        times: finding.times,
        snoozedUntil: finding.snoozed && new Date(finding.snoozed.until).toISOString(),
      })),
    };
  },
} satisfies OpsCommand;
