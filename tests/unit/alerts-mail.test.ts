import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { mailSettings } from "#app/alerts/send/mail-settings.ts";
import { createMailSender } from "#app/alerts/send/send-mail.server.ts";
import type { AlertFinding } from "#app/alerts/write/alert-finding.ts";
import { writeMail } from "#app/alerts/write/write-mail.ts";
import { writeMessage, type MessageInput } from "#app/alerts/write/write-message.ts";
import { writeWebhook } from "#app/alerts/write/write-webhook.ts";
import { inLanguage } from "#app/texts/in-language.server.ts";
import type { Language } from "#app/texts/language.ts";
import { startMailReceiver, startTrap, type MailReceiver } from "#tests/setup/alert-receivers.ts";

const FINDING: AlertFinding = {
  code: "thinIdentity",
  changeId: "1",
  change: "opened",
  severity: "high",
  certainty: "proven",
  since: "2026-06-08",
  at: 0,
  orders: 12,
  worth: [{ currency: "EUR", amount: 1234.5 }],
  figures: { share: 0.125, count: 12 },
};
const input = (name: string, findings: readonly AlertFinding[] = [FINDING]): MessageInput => ({
  store: { shop: "kawa.myshopify.com", name, currency: "EUR" },
  auditUrl: "https://kawa.myshopify.com/admin/apps/x/app/audit",
  findings,
});

/** Header lines of a mail, folded ones as they are. */
const headers = (raw: string) => raw.slice(0, raw.indexOf("\r\n\r\n")).split("\r\n");

describe("a mail", () => {
  let mail: MailReceiver;
  beforeAll(async () => {
    mail = await startMailReceiver();
  });
  afterEach(() => mail.clear());
  afterAll(() => mail.close());
  const send = (name: string) =>
    createMailSender({
      host: "127.0.0.1",
      port: mail.port,
      secure: false,
      isThisMachine: true,
      login: null,
      from: "Tandem <alerts@tandem.example>",
    })({
      to: "anna@kawa.example",
      messageId: "<alert-1@kawa.myshopify.com>",
      ...writeMail(writeMessage(input(name))),
    });

  it.each([
    ["a line's end", "Kawa\r\nBcc: eve@evil.example\r\n\r\nHello"],
    ["a line's end alone", "Kawa\nBcc: eve@evil.example"],
    ["other ends of lines", "Kawa\u2028Bcc: eve@evil.example\u0085X-Other: 1\u0000"],
    ["a very long name", `Kawa\r\nBcc: eve@evil.example ${"x".repeat(5_000)}`],
    ["letters of other scripts", "川グッズ\r\nBcc: eve@evil.example"],
  ])("takes no header from a store's name with %s", async (_name, name) => {
    expect(await send(name)).toMatchObject({ kind: "sent" });
    const [{ to, raw } = { to: [], raw: "" }] = mail.mails;
    expect(to).toEqual(["anna@kawa.example"]);
    const names = headers(raw)
      .filter((line) => !/^[ \t]/.test(line))
      .map((line) => line.slice(0, line.indexOf(":")).toLowerCase());
    expect(names.sort()).toEqual([
      "auto-submitted",
      "content-type",
      "date",
      "from",
      "message-id",
      "mime-version",
      "subject",
      "to",
    ]);
    expect(headers(raw).every((line) => line.length <= 998)).toBe(true);
  });

  it("does not become script in HTML, nor a call or a link in Slack", () => {
    const message = writeMessage(input('<script>x</script> & <!channel> "<https://evil.example|click>"'));
    const { html } = writeMail(message);
    expect(html).not.toMatch(/<script|<!channel|<https/);
    expect(html).toContain("&lt;script&gt;x&lt;/script&gt; &amp; &lt;!channel&gt;");
    const slack = JSON.parse(
      writeWebhook(input("<!channel>"), writeMessage(input("<!channel>")), { id: "1", decidedAt: 0 }),
    );
    expect(slack.text).toContain("&lt;!channel&gt;");
    expect(JSON.stringify(slack)).not.toContain("<!channel>");
  });

  it("keeps a name's letters and takes out of it what turns or hides text", () => {
    const subject = (name: string) => writeMessage(input(name, [])).subject;
    expect(subject("می\u200cخواهم")).toBe("\u2068می\u200cخواهم\u2069: test message");
    expect(subject("a\u202eb\u2066c\u200bd\ufeffe")).toBe("abcde: test message");
    expect(subject(" \u0000 ")).toBe("kawa.myshopify.com: test message");
    expect(subject("x".repeat(90))).toBe(`${"x".repeat(59)}…: test message`);
  });

  it("says in its subject the worst and how many more, and that something is mended", () => {
    const subject = (...changes: readonly Partial<AlertFinding>[]) =>
      writeMessage(
        input(
          "Kawa",
          changes.map((change) => ({ ...FINDING, ...change })),
        ),
      ).subject;
    const title = "12.5% of orders carry too little about the buyer for Meta to take them";
    expect(subject({})).toBe(`Kawa: ${title}`);
    expect(subject({}, {}, {})).toBe(`Kawa: ${title} (and 2 more)`);
    expect(subject({ change: "mended" })).toBe(
      "Kawa: Mended: Nearly every order says enough about its buyer",
    );
    expect(writeMessage(input("Kawa", [])).subject).toBe("Kawa: test message");
    expect(
      writeMessage({ ...input("Kawa"), store: { shop: "kawa.myshopify.com", name: null, currency: null } })
        .subject,
    ).toMatch(/^kawa\.myshopify\.com: /);
  });

  it("does not wait for a server that says nothing", async () => {
    const silent = await startTrap();
    const outcome = await createMailSender(
      {
        host: "127.0.0.1",
        port: silent.port,
        secure: false,
        isThisMachine: true,
        login: null,
        from: "a@b.example",
      },
      { stepMs: 200, allMs: 1_000 },
    )({ to: "anna@kawa.example", subject: "x", text: "x", html: "x", messageId: "<x@y>" });
    expect(outcome).toMatchObject({ kind: "failed", problem: "timeout", again: true });
    await silent.close();
  });

  it("goes without TLS to nobody but this machine", async () => {
    const outcome = await createMailSender({
      host: "127.0.0.1",
      port: mail.port,
      secure: false,
      // As any other host: the server offers no STARTTLS.
      isThisMachine: false,
      login: null,
      from: "a@b.example",
    })({ to: "anna@kawa.example", subject: "x", text: "x", html: "x", messageId: "<x@y>" });
    expect(outcome).toMatchObject({ kind: "failed", problem: "tls", again: true });
    expect(mail.mails).toEqual([]);
  });

  it.each([
    [{}, null],
    [{ SMTP_URL: "smtp://mail.example.com" }, null],
    [{ ALERT_FROM: "a@b.example" }, null],
    [
      { SMTP_URL: "smtps://user%40x:p%3Aw@mail.example.com", ALERT_FROM: "a@b.example" },
      {
        host: "mail.example.com",
        port: 465,
        secure: true,
        isThisMachine: false,
        login: { user: "user@x", pass: "p:w" },
        from: "a@b.example",
      },
    ],
    [
      { SMTP_URL: "smtp://mail.example.com", ALERT_FROM: "T <a@b.example>" },
      {
        host: "mail.example.com",
        port: 587,
        secure: false,
        isThisMachine: false,
        login: null,
        from: "T <a@b.example>",
      },
    ],
    [
      { SMTP_URL: "smtp://[::1]:2525", ALERT_FROM: "a@b.example" },
      { host: "::1", port: 2525, secure: false, isThisMachine: true, login: null, from: "a@b.example" },
    ],
  ])("is set up by %j", (environment, settings) => expect(mailSettings(environment)).toEqual(settings));
});

it.each<[Language, string, string, string]>([
  ["de", "Seit 8. Juni 2026.", "1.234,50\u00a0€", '<html lang="de">'],
  ["fr", "8 juin 2026", "1\u202f234,50\u00a0€", '<html lang="fr">'],
  ["ja", "2026年6月8日", "€1,234.50", '<html lang="ja">'],
])("is written in %s, with its dates and amounts", (language, since, worth, html) => {
  const mail = inLanguage(language, () => writeMail(writeMessage(input("Kawa Goods"))));
  expect(mail.text).toContain(since);
  expect(mail.text).toContain(worth);
  expect(mail.html).toContain(html);
  expect(mail.text).not.toMatch(/\b(What to do|Since|orders|Open the audit)\b/);
});
