import { describe, expect, it } from "vitest";

import { deliverAlerts } from "#app/alerts/send/deliver-alerts.server.ts";
import { createWebhookSender } from "#app/alerts/send/send-webhook.server.ts";
import { testChannel } from "#app/alerts/send/test-channel.server.ts";
import { readAlerts } from "#app/alerts/read-alerts.server.ts";
import { HOUR, MINUTE, shareAlertDesk } from "#tests/setup/share-alert-desk.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { testBox, testKey } from "#tests/security/webhook-desk.ts";

const codeAndChange = ({ code, change }: { code: string; change: string }) => `${code} ${change}`;
const never = new AbortController().signal;

describe.each(DATABASE_KINDS)("the outbox of alerts on the %s database", (databaseKind) => {
  const desk = shareAlertDesk(databaseKind);
  const planted = async (kind: "email" | "webhook" = "webhook") => {
    const channel = await desk.add({ kind, groupMinutes: "0" });
    await desk.change();
    return channel;
  };
  const shown = async () =>
    (await readAlerts({ ...desk.deps(), secretBox: desk.box }, { id: desk.storeId })).messages[0];

  it("tries again after a refusal, later each time, and stops when it is taken", async () => {
    await planted();
    desk.web.answer((response) => void response.writeHead(500).end("no database"));
    expect(await desk.run()).toEqual({ sent: 0, retrying: 1, dead: 0 });
    expect(await desk.messages()).toMatchObject([
      { state: "retrying", attempts: 1, problem: "status", answer: "500 no database" },
    ]);
    expect(await desk.run(59_000)).toEqual({ sent: 0, retrying: 0, dead: 0 });
    expect(await desk.run(1_000)).toMatchObject({ retrying: 1 });
    expect(await desk.run(4 * MINUTE)).toMatchObject({ retrying: 0 });
    desk.web.clear();
    expect(await desk.run(MINUTE)).toMatchObject({ sent: 1 });
    expect(await desk.run(HOUR)).toMatchObject({ sent: 0 });
    expect(desk.web.calls).toHaveLength(1);
    expect(await desk.messages()).toMatchObject([
      { state: "sent", attempts: 3, problem: null, answer: "200 ok" },
    ]);
  });

  it("leaves out of an older message what a later one told, and drops it where nothing is left", async () => {
    await planted();
    await desk.change({ code: "b" });
    desk.web.answer((response) => {
      response.writeHead(500).end();
    });
    await desk.run();
    await desk.change({ kind: "worse", severity: "critical" });
    desk.web.clear();
    await desk.run(MINUTE / 2);
    await desk.run(MINUTE / 2);
    const told = () => desk.web.calls.map(({ body }) => JSON.parse(body).tandem.findings.map(codeAndChange));
    expect(told()).toEqual([["thinIdentity worse"], ["b opened"]]);
    desk.web.answer((response) => {
      response.writeHead(500).end();
    });
    await desk.change({ code: "c" });
    await desk.run();
    await desk.change({ code: "c", kind: "worse", severity: "critical" });
    desk.web.clear();
    await desk.run(MINUTE / 2);
    await desk.run(MINUTE / 2);
    expect(told()).toEqual([["c worse"]]);
    expect((await desk.messages()).slice(-2)).toMatchObject([
      { state: "dead", problem: "superseded" },
      { state: "sent", problem: null },
    ]);
  });

  it("gives up after a day and says why", async () => {
    await planted();
    desk.web.answer((response) => void response.writeHead(503).end());
    await desk.run();
    for (let hours = 0; hours < 23; hours += 1) await desk.run(HOUR);
    expect((await desk.messages())[0]?.state).toBe("retrying");
    expect(await desk.run(HOUR)).toEqual({ sent: 0, retrying: 0, dead: 1 });
    expect(await desk.run(HOUR)).toEqual({ sent: 0, retrying: 0, dead: 0 });
    expect(await shown()).toMatchObject({
      state: "dead",
      nextAt: null,
      problem: "The server refused the message. It answered: 503",
    });
  });

  it("gives up a server that never answers in time, and one that does not exist", async () => {
    await planted();
    const call = { rules: { ports: [desk.web.port], isAllowed: () => true }, ca: desk.web.cert };
    desk.replace({
      sendWebhook: createWebhookSender({
        ...call,
        timeoutMs: 200,
        resolve: async () => [{ address: "127.0.0.1", family: 4 }],
      }),
    });
    desk.web.answer(() => undefined);
    await desk.run();
    expect((await desk.messages())[0]).toMatchObject({ state: "retrying", problem: "timeout" });
    desk.replace({
      sendWebhook: createWebhookSender({
        ...call,
        resolve: () => Promise.reject(Object.assign(new Error("no such host"), { code: "ENOTFOUND" })),
      }),
    });
    await desk.run(HOUR);
    expect((await desk.messages())[0]).toMatchObject({ state: "retrying", problem: "notFound" });
  });

  it.each([
    ["a redirect, which is not followed, and tries again", 302, "retrying", "redirect"],
    ["that it is gone, and believes it", 410, "dead", "gone"],
  ])("is told %s", async (_name, status, state, problem) => {
    await planted();
    desk.web.answer(
      (response) => void response.writeHead(status, { location: "https://127.0.0.1/secret" }).end(),
    );
    await desk.run();
    expect(await desk.messages()).toMatchObject([{ state, problem }]);
    expect(desk.web.calls).toHaveLength(1);
  });

  it("sends once more what a process that died had under way, and nothing twice after that", async () => {
    await planted();
    const { sendWebhook } = desk.deps();
    desk.replace({
      sendWebhook: async (call) => {
        await sendWebhook(call);
        // The process ends here: sent, and nobody has written it down.
        throw new Error("killed");
      },
    });
    await expect(desk.run()).rejects.toThrow("killed");
    desk.replace({ sendWebhook });
    expect(await desk.messages()).toMatchObject([{ state: "leased", attempts: 1 }]);
    // Its lease still holds: nobody else takes it.
    expect(await desk.run(MINUTE)).toEqual({ sent: 0, retrying: 0, dead: 0 });
    expect(await desk.run(MINUTE)).toEqual({ sent: 1, retrying: 0, dead: 0 });
    await desk.run(HOUR);
    const bodies = desk.web.calls.map(({ body }) => JSON.parse(body).tandem.id);
    expect(bodies).toHaveLength(2);
    // By this a receiver tells the repeat.
    expect(new Set(bodies).size).toBe(1);
  });

  it("writes nothing to a message that another process has meanwhile", async () => {
    await planted();
    const { sendWebhook } = desk.deps();
    desk.replace({
      sendWebhook: async () => {
        // So slow that its lease ran out, and another process took over and has sent it.
        desk.time.now += 3 * MINUTE;
        desk.replace({ sendWebhook });
        await deliverAlerts(desk.deps(), never);
        return { kind: "failed", problem: "timeout", answer: "", again: true };
      },
    });
    await desk.run();
    expect(await desk.messages()).toMatchObject([{ state: "sent", attempts: 2, problem: null }]);
  });

  it.each([
    ["a recipient that is refused for good", { code: 550, text: "no such user anna@kawa.example" }, "dead"],
    ["a recipient that is refused for now", { code: 450, text: "mailbox busy" }, "retrying"],
  ])("knows %s, and keeps no address of it", async (_name, refusal, state) => {
    await planted("email");
    desk.mail.refuse(refusal);
    await desk.run();
    const [message] = await desk.messages();
    expect(message).toMatchObject({ state, problem: "recipient" });
    expect(message?.answer).toContain(String(refusal.code));
    expect(message?.answer).not.toContain("anna@");
  });

  it("tries again while nobody has set up mail, or the mail server is away", async () => {
    await planted("email");
    desk.replace({ sendMail: null });
    await desk.run();
    expect(await desk.messages()).toMatchObject([{ state: "retrying", problem: "noMail" }]);
  });

  it("gives up what no known key opens, and says that it has to be entered again", async () => {
    const { id } = await planted();
    await desk.test.database.prisma.alertChannel.update({
      where: { id },
      data: { sealedTarget: testBox(testKey(99)).seal("https://x.example/", `alert:${id}:target`) },
    });
    await desk.run();
    expect(await shown()).toMatchObject({
      state: "dead",
      name: null,
      problem: expect.stringContaining("Enter the address again"),
    });
  });

  it("sends a test at once, says what was answered, lists it, and no more than ten an hour", async () => {
    const { id } = await desk.add({ kind: "webhook" });
    const test = () => testChannel(desk.deps(), { storeId: desk.storeId, id });
    expect(await test()).toEqual({ kind: "tried", outcome: { kind: "sent", answer: "200 ok" } });
    expect(JSON.parse(desk.web.calls[0]?.body ?? "").tandem).toMatchObject({ type: "test", findings: [] });
    desk.web.answer((response) => void response.writeHead(404).end("<b>no_service</b>"));
    expect(await test()).toMatchObject({ outcome: { kind: "failed", answer: "404 <b>no_service</b>" } });
    expect(await shown()).toMatchObject({ state: "dead", findings: [] });
    await Promise.all(Array.from({ length: 12 }, test));
    expect(desk.web.calls).toHaveLength(10);
    desk.time.now += HOUR + 1;
    expect(await test()).toMatchObject({ kind: "tried" });
    // A test that failed is not tried again.
    expect(await desk.run(HOUR)).toEqual({ sent: 0, retrying: 0, dead: 0 });
    expect(await testChannel(desk.deps(), { storeId: desk.storeId + 1n, id })).toEqual({ kind: "not_found" });
  });
});
