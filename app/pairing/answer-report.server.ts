import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import { decideAnswer, type FireCopy, type Refusal, type SharedTraces } from "./decide-answer.ts";
import type { FireTickets } from "./fire-ticket.server.ts";
import { meetOrder } from "./meet-order.server.ts";
import { grantFire, recordRefusal } from "./record-answer.server.ts";
import type { ReportRow } from "./stored-report.server.ts";

/** What the browser gets, word for word. */
export type PixelAnswer =
  | ({ readonly fire: true; readonly ticket: string; readonly shared: SharedTraces } & FireCopy)
  | { readonly fire: false; readonly reason: Refusal };

export interface AnswerDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly tickets: FireTickets;
}

/** Rounds after which someone else has surely been granted; one is the rule. */
const MOST_ROUNDS = 3;

/** Brings a buyer's report together with its stored order, decides, and keeps what was decided. */
export async function answerReport(
  deps: AnswerDependencies,
  conversionId: bigint,
  row: ReportRow,
  shopifyEventId: string | undefined,
): Promise<PixelAnswer> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const meeting = await meetOrder(deps.database, conversionId, row);
    if (!meeting) return { fire: false, reason: "unknown_order" };
    const { reportId, consent, report } = meeting;
    const asker = { reportId, consent, report, shopifyEventId };
    const answer = decideAnswer(meeting.order, asker, deps.clock());
    if (answer.kind === "refuse") {
      await recordRefusal(deps.database, meeting.reportId, answer.reason, deps.clock());
      return { fire: false, reason: answer.reason };
    }
    const mayFire =
      answer.again || (await grantFire(deps.database, conversionId, asker, answer.copy, deps.clock()));
    const { copy, shared } = answer;
    if (mayFire) return { fire: true, ticket: deps.tickets.issue(reportId), ...copy, shared };
  }
  return { fire: false, reason: "already_reported" };
}
