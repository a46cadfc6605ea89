import type { TallyRow } from "./read-tallies.server.ts";
import { total } from "./sum-tallies.ts";

export interface KeyCoverage {
  /** Meta's name in `user_data`, such as `em`. */
  readonly key: string;
  /** Share of delivered events that carried it, 0 to 1, as we sent them; null while nothing was delivered. */
  readonly ours: number | null;
  /** Delivered events that carried it, of how many; null while nothing was delivered. */
  readonly sent: { readonly carried: number; readonly all: number } | null;
  /** As Meta reports it, 0 to 1; null where Meta says nothing of it. */
  readonly metas: number | null;
}

/** The keys that a shop can have, in the order of their worth to matching as Meta ranks them. */
const SHOWN_KEYS = [
  "em",
  "fbc",
  "ph",
  "fbp",
  "external_id",
  "client_ip_address",
  "client_user_agent",
  "fn",
  "ln",
  "ct",
  "st",
  "zp",
  "country",
] as const;

/** Meta's names in `match_key_feedback`; a name that is not listed is compared as it is. */
const IDENTIFIERS: Readonly<Record<string, string>> = {
  email: "em",
  phone: "ph",
  ip_address: "client_ip_address",
  user_agent: "client_user_agent",
  first_name: "fn",
  last_name: "ln",
  city: "ct",
  state: "st",
  zip_code: "zp",
};

type MetasKeys = readonly { readonly identifier: string; readonly percentage: number }[];

export function coverKeys(
  rows: readonly TallyRow[],
  datasetId: bigint | null,
  metas: MetasKeys,
): readonly KeyCoverage[] {
  const ofDataset = rows.filter((row) => row.datasetId === datasetId);
  const sent = total(ofDataset.filter((row) => row.metric === "delivery" && row.label === "delivered")).count;
  const carried = (key: string) =>
    total(ofDataset.filter((row) => row.metric === "key" && row.label === key)).count;
  return coverage(sent, carried, metas);
}

/** The same for an event of the funnel. @param sent server copies that Meta took */
export function coverFunnelKeys(
  rows: readonly TallyRow[],
  event: string,
  datasetId: bigint | null,
  sent: number,
  metas: MetasKeys,
): readonly KeyCoverage[] {
  const keys = rows.filter((row) => row.metric === "funnel_key" && row.datasetId === datasetId);
  const carried = (key: string) => total(keys.filter((row) => row.label === `${event}:${key}`)).count;
  return coverage(sent, carried, metas);
}

function coverage(
  sent: number,
  carriedOf: (key: string) => number,
  metas: MetasKeys,
): readonly KeyCoverage[] {
  const byMeta = new Map(
    metas.map((each) => [IDENTIFIERS[each.identifier] ?? each.identifier, each.percentage]),
  );
  return SHOWN_KEYS.map((key) => {
    const carried = carriedOf(key);
    const percentage = byMeta.get(key);
    return {
      key,
      ours: sent === 0 ? null : Math.min(1, carried / sent),
      sent: sent === 0 ? null : { carried: Math.min(carried, sent), all: sent },
      metas: percentage === undefined ? null : percentage / 100,
    };
  });
}

/** Further apart than rounding and a day's lag explain. */
const APART = 0.05;

/** Whether our share of a key and Meta's are so far apart that a reader asks why. */
export function coverageDiffers({ ours, metas }: KeyCoverage): boolean {
  return ours !== null && metas !== null && Math.abs(ours - metas) > APART;
}
