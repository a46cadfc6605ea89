import type { Database } from "../database/database.server.ts";

/** What an operator should change, by name, in the text that the log and `npm run ops -- status` show. */
export const OPERATOR_NOTICES = {
  hidden_callers:
    "callers come through a proxy that TRUSTED_PROXIES does not count: all of them share one limit, and the proxy's address goes to Meta as the buyer's; set TRUSTED_PROXIES to the number of proxies in front",
} as const;

export type OperatorNotice = keyof typeof OPERATOR_NOTICES;

/** Keeps a notice for the operator's commands, which are processes of their own. `now` in Unix milliseconds. */
export async function keepNotice({ prisma }: Database, name: OperatorNotice, now: number): Promise<void> {
  await prisma.$executeRaw`
    INSERT INTO operator_notice (name, noticed_at) VALUES (${name}, ${new Date(now)}::timestamptz)
    ON CONFLICT (name) DO UPDATE SET noticed_at = excluded.noticed_at`;
}

/** A process that starts begins anew: what is still wrong is noticed again. */
export async function forgetNotices({ prisma }: Database): Promise<void> {
  await prisma.$executeRaw`DELETE FROM operator_notice`;
}

/** The notices that stand, the newest first. */
export async function readNotices({
  prisma,
}: Database): Promise<readonly { readonly name: string; readonly noticedAt: Date; readonly text: string }[]> {
  const rows = await prisma.operatorNotice.findMany({ orderBy: { noticedAt: "desc" } });
  const texts: Readonly<Record<string, string>> = OPERATOR_NOTICES;
  return rows.map(({ name, noticedAt }) => ({ name, noticedAt, text: texts[name] ?? name }));
}
