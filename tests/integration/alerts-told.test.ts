import { createHmac } from "node:crypto";

import { describe, expect, it } from "vitest";

import { runAudit } from "#app/audit/run-audit.server.ts";
import { collectAlerts } from "#app/alerts/decide/collect-alerts.server.ts";
import { deliverAlerts } from "#app/alerts/send/deliver-alerts.server.ts";
import { ALERT_SHOP, HOUR, MINUTE, shareAlertDesk } from "#tests/setup/share-alert-desk.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";

const never = new AbortController().signal;
const header = (raw: string, name: string) =>
  new RegExp(`^${name}:(.*(?:\r\n[ \t].*)*)`, "im")
    .exec(raw)?.[1]
    ?.replaceAll(/\r\n[ \t]/g, " ")
    .trim();
/** The plain text of a mail, its quoted-printable undone. */
const plainText = (raw: string) =>
  Buffer.from(
    (/Content-Type: text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(raw)?.[1] ?? "")
      .replaceAll(/=\r\n/g, "")
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  ).toString("utf8");

describe.each(DATABASE_KINDS)("what a merchant is told on the %s database", (databaseKind) => {
  const desk = shareAlertDesk(databaseKind);

  it("is by e-mail: which store, what, since when, what it costs, what to do, and the way to the audit", async () => {
    await desk.add();
    await desk.change();
    expect(await desk.run()).toEqual({ sent: 0, retrying: 0, dead: 0 });
    expect(await desk.run(10 * MINUTE)).toEqual({ sent: 1, retrying: 0, dead: 0 });
    const [mail] = desk.mail.mails;
    expect(mail).toMatchObject({ from: "alerts@tandem.example", to: ["anna@kawa.example"] });
    const raw = mail?.raw ?? "";
    expect(header(raw, "Subject")).toBe(
      "Kawa Goods: 12.5% of orders carry too little about the buyer for Meta to take them",
    );
    expect(header(raw, "Auto-Submitted")).toBe("auto-generated");
    expect(plainText(raw).replaceAll("\r\n", "\n")).toBe(
      [
        "What Tandem’s audit of Kawa Goods has found:",
        "New · High\n12.5% of orders carry too little about the buyer for Meta to take them\nSince Jun 8, 2026. It touches 12 orders worth €1,234.50. This is proven.\nWhat to do: Ask for an e-mail address or a phone number at checkout: in the Shopify admin under Settings, Checkout, Customer contact method.",
        `Open the audit in your Shopify admin: https://${ALERT_SHOP}/admin/apps/client-id/app/audit`,
        "You get this because an alert is set up in Tandem. Change or remove it there under Settings, Alerts.\n",
      ].join("\n\n"),
    );
    expect(raw).toMatch(/Content-Type: text\/html/);
    expect(await desk.messages()).toMatchObject([
      { kind: "findings", state: "sent", attempts: 1, problem: null },
    ]);
  });

  it("is by webhook: as Slack takes it and for programs, signed with the channel's secret over time and body", async () => {
    const { secret } = await desk.add({ kind: "webhook" });
    await desk.change();
    await desk.change({ code: "unknownCheck", severity: "critical" });
    expect(await desk.run(10 * MINUTE)).toMatchObject({ sent: 1 });
    const [call] = desk.web.calls;
    expect(call).toMatchObject({ method: "POST", path: "/hook" });
    const body = JSON.parse(call?.body ?? "");
    const worst = "Kawa Goods: A finding of the audit (unknownCheck) (and 1 more)";
    expect(body).toMatchObject({
      text: worst,
      tandem: {
        version: 1,
        type: "findings",
        shop: ALERT_SHOP,
        decidedAt: "2026-06-10T10:10:00.000Z",
        findings: [
          { code: "unknownCheck", change: "opened", severity: "critical", mend: null },
          {
            code: "thinIdentity",
            change: "opened",
            severity: "high",
            since: "2026-06-08",
            orders: 12,
            worth: [{ currency: "EUR", amount: 1234.5 }],
          },
        ],
      },
    });
    expect(body.blocks.length).toBe(4);
    const at = call?.headers["tandem-timestamp"];
    expect(at).toBe(String((desk.time.now / 1000) | 0));
    const mac = createHmac("sha256", secret)
      .update(`${String(at)}.${call?.body ?? ""}`)
      .digest("hex");
    expect(call?.headers["tandem-signature"]).toBe(`v1=${mac}`);
  });

  it("is one message for what happens within the group", async () => {
    await desk.add();
    await desk.change();
    await desk.run(4 * MINUTE);
    await desk.change({ code: "b", severity: "critical" });
    await desk.run(4 * MINUTE);
    await desk.change({ code: "c", severity: "low" });
    await desk.run(2 * MINUTE);
    expect(desk.mail.mails.map(({ raw }) => header(raw, "Subject"))).toEqual([
      "Kawa Goods: A finding of the audit (b) (and 1 more)",
    ]);
  });

  it("waits for the end of quiet hours by the store's clock, but for what is critical", async () => {
    await desk.add({ quiet: true, quietFrom: "1320", quietUntil: "420" });
    // 23:00 in Berlin.
    desk.time.now += 11 * HOUR;
    await desk.change();
    await desk.change({ code: "b", severity: "critical" });
    await desk.run(10 * MINUTE);
    const subjects = () => desk.mail.mails.map(({ raw }) => header(raw, "Subject"));
    expect(subjects()).toEqual(["Kawa Goods: A finding of the audit (b)"]);
    for (let hours = 0; hours < 7; hours += 1) await desk.run(HOUR);
    expect(desk.mail.mails).toHaveLength(1);
    await desk.run(50 * MINUTE);
    expect(subjects()).toHaveLength(2);
    expect(subjects()[1]).toContain("12.5% of orders");
  });

  it("is told once of what comes and goes within a day, and of a mend when it has lasted a day", async () => {
    await desk.add({ groupMinutes: "0" });
    await desk.change();
    await desk.run(MINUTE);
    for (const kind of ["mended", "came_back", "mended", "came_back"]) {
      await desk.change({ kind });
      await desk.run(10 * HOUR);
    }
    expect(desk.mail.mails).toHaveLength(1);
    await desk.change({ kind: "mended" });
    await desk.run(23 * HOUR);
    expect(desk.mail.mails).toHaveLength(1);
    await desk.run(HOUR);
    expect(header(desk.mail.mails[1]?.raw ?? "", "Subject")).toBe(
      "Kawa Goods: Mended: Nearly every order says enough about its buyer",
    );
    await desk.change({ kind: "came_back" });
    await desk.run();
    await desk.run(MINUTE);
    expect(desk.mail.mails).toHaveLength(3);
    expect(plainText(desk.mail.mails[2]?.raw ?? "")).toContain("Came back · High");
  });

  it("is what the audit finds, in the audit's own words", async () => {
    const { prisma } = desk.test.database;
    await desk.add({ kind: "webhook", severity: "low", groupMinutes: "0" });
    const store = await prisma.store.findUniqueOrThrow({ where: { id: desk.storeId } });
    // A dataset without a token, and one whose token ends in two days.
    await prisma.dataset.createMany({
      data: [
        { storeId: store.id, datasetId: "111", name: "Agency" },
        {
          storeId: store.id,
          datasetId: "222",
          sealedToken: "v1",
          tokenExpiresAt: new Date(desk.time.now + 48 * HOUR),
        },
      ],
    });
    desk.time.now += MINUTE;
    await runAudit(desk.test.database, store, desk.time.now);
    const found = await prisma.findingChange.findMany({ where: { storeId: store.id } });
    expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(["tokenRejected", "tokenExpiring"]));
    expect(await desk.run()).toMatchObject({ sent: 1 });
    const { findings } = JSON.parse(desk.web.calls[0]?.body ?? "").tandem;
    expect(findings.map(({ code }: { code: string }) => code).sort()).toEqual(
      found.map(({ code }) => code).sort(),
    );
    for (const { title, mend } of findings)
      for (const text of [title, mend]) expect(text).toMatch(/^[^{}]*[A-Z][^{}]+$/);
    // The next audit finds the same, and says nothing.
    await runAudit(desk.test.database, store, desk.time.now + HOUR);
    expect(await desk.run(HOUR)).toMatchObject({ sent: 0 });
  });

  it("is nothing of what is snoozed, of a store that has gone, or from before the channel", async () => {
    const { prisma } = desk.test.database;
    await desk.change({ code: "before" });
    desk.time.now += 1;
    await desk.add({ groupMinutes: "0" });
    await desk.change();
    await prisma.finding.updateMany({
      where: { code: "thinIdentity" },
      data: { snoozedUntil: new Date(desk.time.now + HOUR) },
    });
    await desk.run();
    // It was decided on: the end of the snooze brings nothing back.
    await desk.run(2 * HOUR);
    await prisma.store.updateMany({ data: { state: "uninstalled" } });
    await desk.change({ code: "b" });
    await desk.run(HOUR);
    expect(desk.mail.mails).toEqual([]);
    expect(await desk.messages()).toEqual([]);
  });

  it("is each channel's own choice, and no other store's", async () => {
    const { prisma } = desk.test.database;
    await desk.add({ target: "critical@kawa.example", severity: "critical", groupMinutes: "0" });
    await desk.add({ target: "all@kawa.example", severity: "low", groupMinutes: "0" });
    const other = await prisma.store.create({ data: { shop: "other.myshopify.com" } });
    await prisma.findingChange.create({
      data: {
        storeId: other.id,
        code: "x",
        at: new Date(desk.time.now),
        kind: "opened",
        severity: "critical",
        certainty: "proven",
      },
    });
    await desk.change({ severity: "low" });
    await desk.run();
    expect(desk.mail.mails.map(({ to }) => to)).toEqual([["all@kawa.example"]]);
    await desk.change({ kind: "worse", severity: "critical" });
    await desk.run(MINUTE);
    expect(desk.mail.mails.map(({ to }) => to.join()).sort()).toEqual([
      "all@kawa.example",
      "all@kawa.example",
      "critical@kawa.example",
    ]);
  });

  it("is decided on once however many decide, and sent once however many send", async () => {
    for (const name of ["a", "b", "c"]) await desk.add({ target: `${name}@kawa.example`, groupMinutes: "0" });
    for (const code of ["a", "b", "c", "d"]) {
      await desk.change({ code });
      await Promise.all([1, 2, 3].map(() => collectAlerts(desk.deps(), never)));
    }
    expect(await desk.messages()).toHaveLength(12);
    await Promise.all([1, 2, 3].map(() => deliverAlerts(desk.deps(), never)));
    await deliverAlerts(desk.deps(), never);
    expect(desk.mail.mails.map(({ to }) => to.join()).sort()).toEqual(
      ["a", "b", "c"].flatMap((name) => Array.from({ length: 4 }, () => `${name}@kawa.example`)),
    );
    const ids = desk.mail.mails.map(({ raw }) => header(raw, "Message-ID"));
    expect(new Set(ids).size).toBe(12);
  });
});
