import type { Store } from "@prisma/client";

import type { Copies } from "../../extensions/contract/events/event-declaration.ts";
import type { EventName } from "../../extensions/contract/events/registry.ts";
import type { Database } from "../platform/database/database.server.ts";
import { chosenCopies } from "./chosen-event.ts";
import { readEventScores } from "./dataset-score.ts";
import { funnelFigures, type FunnelFigures } from "./funnel-figures.ts";
import { coverFunnelKeys } from "./key-coverage.ts";
import { readChanges, type StoreChangeView } from "./read-changes.server.ts";
import { readFunnelSteps, type FunnelStep } from "./read-funnel-steps.server.ts";
import { readOverviewFrame, type OverviewFrame } from "./read-overview-frame.server.ts";
import { readSnapshots } from "./read-overview-rows.server.ts";
import type { MatchQuality } from "./read-overview.server.ts";
import { readFunnelTallies } from "./read-tallies.server.ts";
import { shift, type PeriodChoice } from "./store-period.ts";

/** Everything that the overview shows of one event of the funnel. */
export interface FunnelOverview extends OverviewFrame {
  readonly event: EventName;
  /** What the store sends of it now. */
  readonly copies: Copies;
  readonly figures: FunnelFigures;
  readonly steps: readonly FunnelStep[];
  readonly match: MatchQuality;
  /** What changed in these days, newest first. */
  readonly changes: readonly StoreChangeView[];
}

/** Meta's score looks at a few days; of fewer events than a handful in four weeks it says little. */
const SCORED_DAYS = 28;

/** From counts and Meta's own readings; no event is read. */
export async function readFunnelOverview(
  database: Database,
  input: {
    readonly store: Store;
    readonly event: EventName;
    readonly period: PeriodChoice;
    readonly dataset: string | null;
    readonly now: number;
  },
): Promise<FunnelOverview> {
  const { store, event } = input;
  const { frame, period, datasetId } = await readOverviewFrame(database, input);
  const { today } = frame.period;
  const lately = shift(today, 1 - SCORED_DAYS);
  const from = period.from < lately ? period.from : lately;
  const [all, snapshots, steps, changes] = await Promise.all([
    readFunnelTallies(database, { storeId: store.id, event, from, to: today }),
    readSnapshots(database, datasetId, period),
    readFunnelSteps(database, { store, datasetId, from: period.from, to: period.to }),
    readChanges(database, store, period),
  ]);
  const rows = all.filter((row) => row.day >= period.from && row.day <= period.to);
  const figures = funnelFigures(rows, event, datasetId, period.all);
  const scores = snapshots.map((each) => ({ ...each, read: readEventScores(each.others)[event] }));
  const newest = scores.findLast((each) => each.read !== undefined);
  return {
    ...frame,
    event,
    copies: chosenCopies(store, event),
    figures,
    steps,
    changes,
    match: {
      latest: newest?.read ? { ...newest.read, takenAt: newest.takenAt.getTime() } : null,
      scoredSales: funnelFigures(
        all.filter((row) => row.day >= lately),
        event,
        datasetId,
        [],
      ).delivered,
      problem: snapshots.at(-1)?.problem ?? null,
      history: period.all.map((day) => ({
        day,
        score: scores.find((each) => each.day.toISOString().startsWith(day))?.read?.score ?? null,
      })),
      keys: coverFunnelKeys(rows, event, datasetId, figures.delivered, newest?.read?.keys ?? []),
    },
  };
}
