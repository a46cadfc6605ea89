import type { Severity } from "../../audit/check.ts";
import {
  CHANNEL_KINDS,
  DAY_MINUTES,
  GROUP_MINUTES,
  type ChannelChoice,
  type ChannelKind,
} from "./channel.ts";

/** A channel as its form holds and sends it. */
export interface ChannelForm {
  readonly kind: ChannelKind;
  /** Empty for a webhook that keeps its address. */
  readonly target: string;
  readonly severity: Severity;
  readonly tellMended: boolean;
  readonly quiet: boolean;
  /** Minutes of the store's day, as text. */
  readonly quietFrom: string;
  readonly quietUntil: string;
  readonly criticalPasses: boolean;
  /** One of GROUP_MINUTES, as text. */
  readonly groupMinutes: string;
}

export type ChannelField = keyof ChannelForm | "form";
export type ChannelErrors = Readonly<Partial<Record<ChannelField, string>>>;

/** The times that quiet hours can begin and end at. */
export const QUIET_STEP = 30;
export const QUIET_TIMES: readonly number[] = Array.from(
  { length: DAY_MINUTES / QUIET_STEP },
  (_, index) => index * QUIET_STEP,
);

/** What a new channel's form begins with. */
export function newChannel(kind: ChannelKind): ChannelForm {
  return {
    kind,
    target: "",
    severity: "high",
    tellMended: true,
    quiet: false,
    quietFrom: String(22 * 60),
    quietUntil: String(7 * 60),
    criticalPasses: true,
    groupMinutes: String(GROUP_MINUTES[1]),
  };
}

/** A stored channel's form. A webhook's address is never sent to the page. */
export function formOfChannel(kind: string, target: string | null, choice: ChannelChoice): ChannelForm {
  const known = CHANNEL_KINDS.find((each) => each === kind) ?? "webhook";
  const blank = newChannel(known);
  return {
    kind: known,
    target: known === "email" ? (target ?? "") : "",
    severity: choice.least,
    tellMended: choice.tellMended,
    quiet: choice.quiet !== null,
    quietFrom: String(choice.quiet?.from ?? blank.quietFrom),
    quietUntil: String(choice.quiet?.until ?? blank.quietUntil),
    criticalPasses: choice.criticalPasses,
    groupMinutes: String(choice.groupMinutes),
  };
}
