import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";
import type { Metrics } from "../../platform/process/metrics.server.ts";
import { withStoreLocked } from "../../stores/lock-store.server.ts";
import { sendMessage, type AlertSenders } from "./send-message.server.ts";
import type { SendOutcome } from "./send-outcome.server.ts";

/** A store's tests within an hour: an address is not known to be the merchant's, and must not be flooded. */
export const MOST_TESTS = 10;
const HOUR_MS = 3_600_000;

export type TestOutcome =
  | { readonly kind: "tried"; readonly outcome: SendOutcome }
  | { readonly kind: "too_many" }
  | { readonly kind: "not_found" };

/** Sends a test now, and says what the other side answered. It is listed like any message, and is not tried again. */
export async function testChannel(
  deps: AlertSenders & { readonly database: Database; readonly clock: Clock; readonly metrics: Metrics },
  input: { readonly storeId: bigint; readonly id: string },
): Promise<TestOutcome> {
  const { prisma } = deps.database;
  const now = deps.clock();
  const channel = await prisma.alertChannel.findFirst({
    where: { id: input.id, storeId: input.storeId },
    include: { store: { select: { shop: true, name: true, currency: true } } },
  });
  if (!channel) return { kind: "not_found" };
  const at = new Date(now);
  // Written before it is sent: a test that is cut was one all the same.
  const row = await withStoreLocked(deps.database, input.storeId, async (tx) => {
    const within = { storeId: input.storeId, kind: "test", createdAt: { gt: new Date(now - HOUR_MS) } };
    if ((await tx.alertMessage.count({ where: within })) >= MOST_TESTS) return undefined;
    return tx.alertMessage.create({
      data: {
        storeId: input.storeId,
        channelId: channel.id,
        kind: "test",
        state: "dead",
        createdAt: at,
        dueAt: at,
        attempts: 1,
        settledAt: at,
      },
    });
  });
  if (row === undefined) return { kind: "too_many" };
  const message = { id: row.id, createdAt: now, findings: [], channel, store: channel.store };
  const outcome = await sendMessage(deps, message, now);
  const isSent = outcome.kind === "sent";
  await prisma.alertMessage.updateMany({
    where: { id: row.id },
    data: {
      state: isSent ? "sent" : "dead",
      answer: outcome.answer,
      problem: outcome.kind === "failed" ? outcome.problem : null,
    },
  });
  deps.metrics.alerts.inc({ channel: channel.kind, outcome: isSent ? "sent" : "dead" });
  return { kind: "tried", outcome };
}
