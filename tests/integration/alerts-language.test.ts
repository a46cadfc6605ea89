import { describe, expect, it } from "vitest";

import { newChannel } from "#app/alerts/channels/channel-form.ts";
import { saveChannel } from "#app/alerts/channels/save-channel.server.ts";
import { inLanguage } from "#app/texts/in-language.server.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { MINUTE, shareAlertDesk } from "#tests/setup/share-alert-desk.ts";

describe.each(DATABASE_KINDS)("an alert on the %s database", (databaseKind) => {
  const desk = shareAlertDesk(databaseKind);
  const leads = () => desk.web.calls.map(({ body }) => String(JSON.parse(body).blocks[0].text.text));

  it("is told in the language of whoever added the channel, and then of whoever saved it last", async () => {
    const { id } = await inLanguage("de", () => desk.add({ kind: "webhook", groupMinutes: "0" }));
    await desk.change();
    // Whoever runs the job does not decide.
    await inLanguage("fr", () => desk.run());
    expect(leads()).toEqual(["Das hat Tandems Audit von Kawa Goods gefunden:"]);

    const values = { ...newChannel("webhook"), severity: "medium", groupMinutes: "0" };
    const saved = await inLanguage("ja", () =>
      saveChannel({ ...desk.deps(), hasMail: true }, { storeId: desk.storeId, id, version: 1, values }),
    );
    expect(saved.kind).toBe("saved");
    desk.web.clear();
    await desk.change({ kind: "worse", severity: "critical" });
    await desk.run(MINUTE);
    expect(leads()).toEqual(["TandemによるKawa Goodsの監査で見つかったこと："]);
  });

  it("is told in English where a channel says nothing, or a language that this version does not know", async () => {
    const { id } = await desk.add({ kind: "email", groupMinutes: "0" });
    await desk.change();
    await desk.run();
    await desk.test.database.prisma.alertChannel.update({ where: { id }, data: { language: "tlh" } });
    await desk.change({ kind: "worse", severity: "critical" });
    await desk.run(MINUTE);
    expect(desk.mail.mails).toHaveLength(2);
    for (const { raw } of desk.mail.mails) expect(raw).toContain("audit of Kawa Goods has found");
  });

  it("is told in English where an older version added the channel", async () => {
    const { prisma } = desk.test.database;
    const { id } = await inLanguage("de", () => desk.add());
    await prisma.$executeRaw`
      INSERT INTO alert_channel (id, store_id, kind, sealed_target, severity, tell_mended, group_minutes, created_at)
      SELECT 'older', store_id, kind, sealed_target, severity, tell_mended, group_minutes, created_at
      FROM alert_channel WHERE id = ${id}`;
    const rows = await prisma.alertChannel.findMany({ select: { id: true, language: true } });
    expect(Object.fromEntries(rows.map((row) => [row.id, row.language]))).toEqual({
      [id]: "de",
      older: "en",
    });
  });
});
