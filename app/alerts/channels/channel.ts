import { SEVERITIES, type Severity } from "../../audit/check.ts";

/** Where a store can be told of findings. */
export const CHANNEL_KINDS = ["email", "webhook"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** Channels that a store may have. */
export const MOST_CHANNELS = 5;

/** Minutes within which changes become one message; 0 = what one run of the audit found. */
export const GROUP_MINUTES = [0, 10, 30, 60] as const;

/** Whether a text can be a channel's ID. */
export const isChannelId = (text: string): boolean =>
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

export const DAY_MINUTES = 24 * 60;

/** By the store's clock, minutes after midnight. `from` after `until`: over midnight. Never equal. */
export interface QuietHours {
  readonly from: number;
  readonly until: number;
}

/** What a channel is told, and when. */
export interface ChannelChoice {
  /** The least that is told. */
  readonly least: Severity;
  /** Whether it is told too that a finding is mended. */
  readonly tellMended: boolean;
  readonly quiet: QuietHours | null;
  /** Whether critical findings are told during quiet hours. */
  readonly criticalPasses: boolean;
  readonly groupMinutes: number;
}

/** A stored channel's choice; what this version does not know counts as the widest. */
export function choiceOf(row: {
  readonly severity: string;
  readonly tellMended: boolean;
  readonly quietFrom: number | null;
  readonly quietUntil: number | null;
  readonly criticalPasses: boolean;
  readonly groupMinutes: number;
}): ChannelChoice {
  const { quietFrom: from, quietUntil: until } = row;
  return {
    least: SEVERITIES.find((each) => each === row.severity) ?? "low",
    tellMended: row.tellMended,
    quiet: from === null || until === null ? null : { from, until },
    criticalPasses: row.criticalPasses,
    groupMinutes: row.groupMinutes,
  };
}
