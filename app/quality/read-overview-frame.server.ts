import type { Store } from "@prisma/client";

import type { EventName } from "../../extensions/contract/events/registry.ts";
import type { Database } from "../platform/database/database.server.ts";
import { EVENT_CHOICES } from "./chosen-event.ts";
import type { DatasetStatus } from "./dataset-status.ts";
import { readDatasets } from "./read-datasets.server.ts";
import { dayIn, monthsUpTo, storePeriod, type PeriodChoice } from "./store-period.ts";

/** What the figures of an overview are of, and what else can be chosen. */
export interface OverviewFrame {
  readonly period: {
    readonly choice: PeriodChoice;
    readonly from: string;
    readonly to: string;
    readonly before: { readonly from: string; readonly to: string };
    readonly today: string;
    /** Offered to choose from, YYYY-MM, newest first. */
    readonly months: readonly string[];
  };
  readonly datasets: readonly {
    readonly id: string;
    readonly label: string;
    readonly status: DatasetStatus;
    readonly waiting: number;
  }[];
  /** The dataset that the figures are of; null while none was connected. */
  readonly dataset: string | null;
  /** Meta's names of the events that can be chosen. */
  readonly events: readonly EventName[];
}

/** The days and the dataset that are asked for; a dataset of another store counts as not asked for. */
export async function readOverviewFrame(
  database: Database,
  input: {
    readonly store: Pick<Store, "id" | "timeZone">;
    readonly period: PeriodChoice;
    /** Row ID of a dataset, from the address. */
    readonly dataset: string | null;
    readonly now: number;
  },
) {
  const { store, now } = input;
  const period = storePeriod(input.period, store.timeZone, now);
  const today = dayIn(store.timeZone, now);
  const datasets = (await readDatasets(database, { storeId: store.id, now })).filter(
    (each) => each.state !== "disconnected",
  );
  const chosen = datasets.find((each) => each.id === input.dataset) ?? datasets[0];
  const frame: OverviewFrame = {
    period: {
      choice: period.choice,
      from: period.from,
      to: period.to,
      before: { from: period.before.from, to: period.before.to },
      today,
      months: monthsUpTo(today),
    },
    datasets: datasets.map(({ id, label, status, waiting }) => ({ id, label, status, waiting })),
    dataset: chosen?.id ?? null,
    events: EVENT_CHOICES,
  };
  return { frame, period, datasets, chosen, datasetId: chosen ? BigInt(chosen.id) : null };
}
