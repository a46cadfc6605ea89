import type { Store } from "@prisma/client";

import { runAudit } from "../audit/run-audit.server.ts";
import {
  LONGEST_REASON,
  SNOOZE_DAYS,
  snoozeFinding,
  unsnoozeFinding,
} from "../audit/snooze-finding.server.ts";
import { sayText } from "../texts/texts.ts";
import type { Tandem } from "./tandem.ts";
import "../texts/areas/audit.ts";

export type AuditActionOutcome =
  | { readonly kind: "checked" | "snoozed" | "unsnoozed"; readonly words: string }
  | { readonly kind: "invalid"; readonly code: string; readonly message: string }
  | { readonly kind: "not_found"; readonly words: string };

/** Whoever presses the button again and again gets the answer of the last time. Milliseconds. */
const SOON_MS = 10_000;

/** What the audit's page can ask for: to look now, to put a finding aside with a reason, and to take it up again. */
export async function actOnAudit(
  tandem: Pick<Tandem, "database" | "clock">,
  store: Store,
  form: URLSearchParams,
): Promise<AuditActionOutcome> {
  const { database } = tandem;
  const now = tandem.clock();
  const code = form.get("code") ?? "";
  const finding = { storeId: store.id, code, now };
  switch (form.get("intent") ?? "") {
    case "snooze": {
      const reason = (form.get("reason") ?? "").trim();
      const days = SNOOZE_DAYS.find((each) => String(each) === form.get("days"));
      if (reason === "" || days === undefined)
        return { kind: "invalid", code, message: sayText({ key: "audit.snooze.reasonMissing" }) };
      if (reason.length > LONGEST_REASON)
        return {
          kind: "invalid",
          code,
          message: sayText({ key: "audit.snooze.reasonLong", values: { most: LONGEST_REASON } }),
        };
      const isDone = await snoozeFinding(database, { ...finding, days, reason });
      return isDone ? { kind: "snoozed", words: sayText({ key: "audit.snooze.done" }) } : GONE();
    }
    case "unsnooze":
      return (await unsnoozeFinding(database, finding))
        ? { kind: "unsnoozed", words: sayText({ key: "audit.snooze.ended" }) }
        : GONE();
    default: {
      const last = await database.prisma.auditRun.findUnique({ where: { storeId: store.id } });
      if (!last || last.problem !== null || now - last.ranAt.getTime() > SOON_MS)
        await runAudit(database, store, now);
      return { kind: "checked", words: sayText({ key: "audit.checked" }) };
    }
  }
}

const GONE = (): AuditActionOutcome => ({ kind: "not_found", words: sayText({ key: "audit.snooze.gone" }) });
