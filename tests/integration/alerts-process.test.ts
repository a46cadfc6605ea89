import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { newChannel } from "#app/alerts/channels/channel-form.ts";
import { BROWSER_AGENT, startWorld, type World } from "#sandbox/start-world.ts";
import { startMailReceiver, type MailReceiver } from "#tests/setup/alert-receivers.ts";
import { eventually } from "#tests/setup/eventually.ts";
import { openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";

const SHOP = "tandem-demo.myshopify.com";

/** The app's own process, its variables and its periodic job, on a database that can be looked into meanwhile. */
describe("alerts of the whole app", () => {
  let mail: MailReceiver;
  let test: TestDatabase;
  let world: World;
  let storeId: bigint;

  beforeAll(async () => {
    mail = await startMailReceiver();
    test = await openTestDatabase("server");
    world = await startWorld({
      databaseUrl: test.url,
      environment: { SMTP_URL: `smtp://127.0.0.1:${mail.port}`, ALERT_FROM: "alerts@tandem.example" },
    });
    await world.signIn(SHOP);
    const { prisma } = test.database;
    storeId = (await prisma.store.findUniqueOrThrow({ where: { shop: SHOP } })).id;
    const values = { ...newChannel("email"), target: "anna@kawa.example", groupMinutes: "0" };
    const added = await fetch(`${world.app.url}/app/alerts/new?_data=routes%2Fapp.alerts.%24id`, {
      method: "POST",
      body: JSON.stringify({ values }),
      headers: {
        "user-agent": BROWSER_AGENT,
        "content-type": "application/json",
        authorization: `Bearer ${await world.shopify.idToken(SHOP)}`,
      },
    });
    expect(await added.json()).toEqual({ kind: "saved", secret: null, version: 1 });
    await world.app.stop();
    // Changes are planted here: the audit itself stands still, as if another process were at it.
    const leaseUntil = new Date(Date.now() + 86_400_000);
    const held = { leaseToken: "held", leaseUntil };
    await prisma.job.upsert({
      where: { name: "audit-stores" },
      create: { name: "audit-stores", ...held },
      update: held,
    });
    await prisma.findingChange.deleteMany();
  });
  beforeEach(() => mail.clear());
  afterAll(async () => {
    await world.close();
    await test.destroy();
    await mail.close();
  });

  const messages = () => test.database.prisma.alertMessage.findMany({ orderBy: { id: "asc" } });
  const open = (code: string) =>
    test.database.prisma.findingChange.create({
      data: { storeId, code, at: new Date(), kind: "opened", severity: "critical", certainty: "proven" },
    });
  /** As if the time until its next run, and the leases of a process that is gone, had passed. */
  const letTimePass = async () => {
    const { prisma } = test.database;
    await prisma.job.deleteMany({ where: { name: "alerts" } });
    await prisma.alertMessage.updateMany({ where: { state: "leased" }, data: { leaseUntil: new Date(0) } });
  };

  it("go out by the periodic job, once", async () => {
    await open("first");
    await letTimePass();
    await world.app.start();
    await eventually(async () => expect(await messages()).toMatchObject([{ state: "sent", attempts: 1 }]));
    await world.app.stop();
    await letTimePass();
    await world.app.start();
    await eventually(async () => {
      const job = await test.database.prisma.job.findUnique({ where: { name: "alerts" } });
      expect(job?.result).toEqual({ messages: 0, sent: 0, retrying: 0, dead: 0 });
    });
    await world.app.stop();
    expect(mail.mails.map(({ to }) => to)).toEqual([["anna@kawa.example"]]);
  });

  it("go out once more where the process is killed between sending and writing it down, and not again", async () => {
    await open("second");
    mail.beforeAnswer(() => world.app.kill());
    await letTimePass();
    await world.app.start();
    await eventually(() => expect(mail.mails).toHaveLength(1));
    await eventually(async () =>
      expect((await messages()).at(-1)).toMatchObject({ state: "leased", attempts: 1 }),
    );
    for (const round of [1, 2]) {
      await letTimePass();
      await world.app.start();
      await eventually(async () => {
        const job = await test.database.prisma.job.findUnique({ where: { name: "alerts" } });
        expect(job?.result).toMatchObject({ sent: round === 1 ? 1 : 0 });
      });
      await world.app.stop();
    }
    expect((await messages()).at(-1)).toMatchObject({ state: "sent", attempts: 2 });
    expect(mail.mails).toHaveLength(2);
    const ids = mail.mails.map(({ raw }) => /^Message-ID:\s*(\S+)/im.exec(raw)?.[1]);
    expect(ids[0]).toMatch(/^<alert-.*>$/);
    expect(new Set(ids).size).toBe(1);
  });
});
