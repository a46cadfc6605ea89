import type { Database } from "#app/platform/database/database.server.ts";
import { dayIn } from "#app/quality/store-period.ts";

const DAY = 86_400_000;

/** A score for each day, rising from 7.1 to 7.8, and a hint for the audit to show, in the form that Meta answers with. */
export async function writeExampleScores(
  { prisma }: Database,
  of: {
    readonly storeId: bigint;
    readonly datasetId: bigint;
    readonly timeZone: string;
    readonly days: number;
    /** Unix milliseconds. */
    readonly now: number;
  },
): Promise<void> {
  const rows = Array.from({ length: of.days }, (_, back) => {
    const at = of.now - back * DAY;
    const score = Math.round((7.8 - (0.7 * back) / of.days) * 10) / 10;
    return {
      storeId: of.storeId,
      datasetId: of.datasetId,
      day: new Date(dayIn(of.timeZone, at)),
      takenAt: new Date(at),
      score,
      quality: {
        event_name: "Purchase",
        event_match_quality: {
          composite_score: score,
          match_key_feedback: [
            { identifier: "email", coverage: { percentage: 97.2 } },
            { identifier: "phone", coverage: { percentage: 48.6 } },
            { identifier: "fbp", coverage: { percentage: 82.4 } },
          ],
          diagnostics: [
            {
              name: "Example of a hint: phone numbers are often missing",
              description: "An example, not Meta's word on this store.",
              affected_event_count: 6,
              total_event_count: 100,
            },
          ],
        },
        event_coverage: { percentage: 118, goal_percentage: 75 },
        dedupe_key_feedback: [
          { dedupe_key: "event_id", overall_browser_coverage_from_dedupe_key: { percentage: 98.1 } },
        ],
      },
    };
  });
  await prisma.scoreSnapshot.createMany({ data: rows });
}
