import type { Severity } from "#app/audit/check.ts";
import { zoneOffsets } from "#app/quality/zone-offsets.server.ts";
import type { ChannelChoice } from "#app/alerts/channels/channel.ts";
import { decideAlerts, type Change, type ToldChange, type Told } from "#app/alerts/decide/decide-alerts.ts";

export const HOUR = 3_600_000;
/** 12:00 in Berlin. */
export const NOON = Date.UTC(2026, 5, 10, 10);

const CHOICE: ChannelChoice = {
  least: "medium",
  tellMended: true,
  quiet: null,
  criticalPasses: true,
  groupMinutes: 10,
};

type Row = readonly [kind: ToldChange, hoursAgo: number, severity?: Severity, code?: string];

/** Changes in the order of their IDs: 1, 2, … */
const rows = (list: readonly Row[]): readonly Change[] =>
  list.map(([kind, hoursAgo, severity = "high", code = "a"], index) => ({
    id: BigInt(index + 1),
    code,
    kind,
    severity,
    at: NOON - hoursAgo * HOUR,
  }));

export const told = (
  throughId: number,
  state?: "open" | "mended",
  severity: Severity = "high",
  changeId = throughId,
): Told => ({
  throughId: BigInt(throughId),
  last: state === undefined ? null : { state, severity, changeId: BigInt(changeId) },
});

export interface Case {
  readonly changes: readonly Row[];
  readonly told?: Readonly<Record<string, Told>>;
  readonly choice?: Partial<ChannelChoice>;
  readonly snoozed?: readonly string[];
  readonly now?: number;
  readonly zone?: string;
}

/** What is said, and the IDs of what is passed over. */
export function decide({
  changes,
  told: known = {},
  choice,
  snoozed = [],
  now = NOON,
  zone = "Europe/Berlin",
}: Case) {
  const decision = decideAlerts({
    now,
    offsets: zoneOffsets(zone, now),
    choice: { ...CHOICE, ...choice },
    changes: rows(changes),
    told: new Map(Object.entries(known)),
    snoozed: new Set(snoozed),
  });
  return {
    says: decision.message.map(({ change, kind, severity }) => `${change.code} ${kind} ${severity}`),
    passed: decision.passed.map(({ id }) => Number(id)),
  };
}

export const WAITS = { says: [], passed: [] };
