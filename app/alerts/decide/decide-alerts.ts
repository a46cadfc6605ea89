import { SEVERITIES, type Severity } from "../../audit/check.ts";
import type { ZoneOffsets } from "../../texts/local-time.ts";
import type { ChannelChoice } from "../channels/channel.ts";
import { isQuiet } from "./quiet-hours.ts";

/** Changes of findings that somebody is told of. */
export const TOLD_CHANGES = ["opened", "came_back", "worse", "mended"] as const;
export type ToldChange = (typeof TOLD_CHANGES)[number];

/**
 * A finding that is back sooner counts as one that was never gone, and "mended" is told when it has stayed so for as long:
 * so a finding that comes and goes makes one message, and none that is told is mended while it is open.
 */
export const SETTLED_MS = 24 * 3_600_000;

/** A row of `finding_change`. */
export interface Change {
  readonly id: bigint;
  readonly code: string;
  readonly kind: ToldChange;
  readonly severity: Severity;
  /** Unix milliseconds. */
  readonly at: number;
}

/** What a channel has been told of a finding. */
export interface Told {
  /** Changes up to this one are decided on. */
  readonly throughId: bigint;
  /** Null = it was not told of it yet. */
  readonly last: {
    readonly state: "open" | "mended";
    readonly severity: Severity;
    readonly changeId: bigint;
  } | null;
}

export interface AlertSituation {
  /** Unix milliseconds. */
  readonly now: number;
  /** Of the store's time zone. */
  readonly offsets: ZoneOffsets;
  readonly choice: ChannelChoice;
  /** Of the last days, decided on or not, by ID; none from before the channel. */
  readonly changes: readonly Change[];
  readonly told: ReadonlyMap<string, Told>;
  /** Codes of findings that are snoozed now. */
  readonly snoozed: ReadonlySet<string>;
}

/** A finding as a message names it. */
export interface Alert {
  readonly change: Change;
  /** What is said of it: of what opened and got worse before anybody was told, that it opened. */
  readonly kind: ToldChange;
  readonly severity: Severity;
}

export interface AlertDecision {
  /** Nothing is told of these, now or later. */
  readonly passed: readonly Change[];
  /** Told now, in one message, the worst first; empty = no message. */
  readonly message: readonly Alert[];
}

type Judgement =
  | { readonly kind: "pass"; readonly change: Change }
  | { readonly kind: "wait" }
  /** `since`: from when on it could have been told, unix milliseconds. */
  | { readonly kind: "due"; readonly alert: Alert; readonly since: number };

/** What a channel is told now, and what it is never told. The rest waits: for quiet hours, for its group, for a day without. */
export function decideAlerts(situation: AlertSituation): AlertDecision {
  const { now, choice } = situation;
  const judged = [...byCode(situation.changes)].map(([code, changes]) => judge(code, changes, situation));
  const passed = judged.flatMap((each) => (each.kind === "pass" ? [each.change] : []));
  const due = judged.flatMap((each) => (each.kind === "due" ? [each] : []));
  const quiet = choice.quiet !== null && isQuiet(choice.quiet, situation.offsets, now);
  const allowed = quiet ? due.filter(({ alert }) => choice.criticalPasses && isCritical(alert)) : due;
  const since = Math.min(...allowed.map((each) => each.since));
  const isTime = allowed.length > 0 && now >= since + choice.groupMinutes * 60_000;
  return { passed, message: isTime ? allowed.map(({ alert }) => alert).sort(worstFirst) : [] };
}

function judge(code: string, changes: readonly Change[], situation: AlertSituation): Judgement {
  const told = situation.told.get(code);
  const pending = changes.filter(({ id }) => told === undefined || id > told.throughId);
  const change = pending.at(-1);
  if (change === undefined) return { kind: "wait" };
  const pass: Judgement = { kind: "pass", change };
  if (situation.snoozed.has(code)) return pass;
  const last = told?.last ?? null;
  if (change.kind === "mended") {
    if (last?.state !== "open" || !situation.choice.tellMended) return pass;
    const since = change.at + SETTLED_MS;
    if (situation.now < since) return { kind: "wait" };
    return { kind: "due", since, alert: { change, kind: "mended", severity: last.severity } };
  }
  if (rank(change.severity) > rank(situation.choice.least)) return pass;
  const kind = openKind(changes, pending, change, last);
  if (kind === null) return pass;
  return { kind: "due", since: firstOpen(pending).at, alert: { change, kind, severity: change.severity } };
}

/** What is said of an open finding; null = it was told already. */
function openKind(
  changes: readonly Change[],
  pending: readonly Change[],
  change: Change,
  last: Told["last"],
): ToldChange | null {
  if (last === null) return firstOpen(pending).kind;
  if (last.state === "mended") return "came_back";
  if (rank(change.severity) < rank(last.severity)) return "worse";
  const mended = changes.findLast((each) => each.kind === "mended" && each.id < change.id);
  // Mended longer ago than is looked back: long enough.
  if (mended === undefined)
    return change.kind === "came_back" && change.id > last.changeId ? "came_back" : null;
  if (mended.id < last.changeId) return null;
  const back = changes.find(({ id }) => id > mended.id);
  return back !== undefined && back.at - mended.at >= SETTLED_MS ? "came_back" : null;
}

/** The first change since it was last mended; there is one, because the last of them is none that mends. */
function firstOpen(pending: readonly Change[]): Change {
  const after = pending.findLastIndex(({ kind }) => kind === "mended") + 1;
  const [first] = pending.slice(after);
  if (first === undefined) throw new Error("a finding that is open has a change that opened it");
  return first;
}

function byCode(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const group = groups.get(change.code);
    if (group) group.push(change);
    else groups.set(change.code, [change]);
  }
  return groups;
}

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);
const isCritical = ({ kind, severity }: Alert): boolean => severity === "critical" && kind !== "mended";

/** What is open before what is mended, then by severity, then as it happened. */
function worstFirst(a: Alert, b: Alert): number {
  const [openA, openB] = [a, b].map(({ kind }) => (kind === "mended" ? 1 : 0));
  const byId = a.change.id < b.change.id ? -1 : 1;
  return (openA ?? 0) - (openB ?? 0) || rank(a.severity) - rank(b.severity) || byId;
}
