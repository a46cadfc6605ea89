import { z } from "zod";

import { SEVERITIES } from "../../audit/check.ts";
import { sayText } from "../../texts/texts.ts";
import "../../texts/areas/alerts.ts";
import { CHANNEL_KINDS, GROUP_MINUTES, type ChannelChoice, type ChannelKind } from "./channel.ts";
import { QUIET_TIMES, type ChannelErrors, type ChannelField } from "./channel-form.ts";
import { readEmailAddress } from "./email-address.ts";
import { readWebhookAddress } from "./webhook-address.ts";

/** A number out of a list, sent as text. */
const oneOf = (numbers: readonly number[]) =>
  z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .refine((value) => numbers.includes(value));

const schema = z.object({
  kind: z.enum(CHANNEL_KINDS),
  target: z.string().max(4_000),
  severity: z.enum(SEVERITIES),
  tellMended: z.boolean(),
  quiet: z.boolean(),
  quietFrom: oneOf(QUIET_TIMES),
  quietUntil: oneOf(QUIET_TIMES),
  criticalPasses: z.boolean(),
  groupMinutes: oneOf(GROUP_MINUTES),
});

const FIELDS: readonly string[] = Object.keys(schema.shape);

/** A channel that was entered. */
export interface EnteredChannel {
  readonly kind: ChannelKind;
  /** Null = it keeps the one that it has. */
  readonly target: string | null;
  readonly choice: ChannelChoice;
}

export type ParsedChannel =
  | { readonly ok: true; readonly channel: EnteredChannel }
  /** What is wrong, beside its field. */
  | { readonly ok: false; readonly errors: ChannelErrors };

/** @param kept the kind of the channel that is edited; undefined for a new one. A channel's kind does not change. */
export function parseChannel(values: unknown, kept: ChannelKind | undefined): ParsedChannel {
  const parsed = schema.safeParse(values);
  if (!parsed.success) return { ok: false, errors: errorsOf(parsed.error.issues) };
  const { kind: entered, target: typed, quietFrom: from, quietUntil: until, ...rest } = parsed.data;
  const kind = kept ?? entered;
  const target = readTarget(kind, typed, kept !== undefined);
  const isSame = rest.quiet && from === until;
  if (!target.ok || isSame)
    return {
      ok: false,
      errors: {
        ...(target.ok ? {} : { target: target.words }),
        ...(isSame ? { quietUntil: sayText({ key: "alerts.invalid.quietSame" }) } : {}),
      },
    };
  return {
    ok: true,
    channel: {
      kind,
      target: target.target,
      choice: {
        least: rest.severity,
        tellMended: rest.tellMended,
        quiet: rest.quiet ? { from, until } : null,
        criticalPasses: rest.criticalPasses,
        groupMinutes: rest.groupMinutes,
      },
    },
  };
}

type ReadTarget =
  { readonly ok: true; readonly target: string | null } | { readonly ok: false; readonly words: string };

function readTarget(kind: ChannelKind, typed: string, isKept: boolean): ReadTarget {
  if (kind === "email") {
    const address = readEmailAddress(typed);
    return address === undefined
      ? { ok: false, words: sayText({ key: "alerts.invalid.email" }) }
      : { ok: true, target: address };
  }
  if (isKept && typed.trim() === "") return { ok: true, target: null };
  const read = readWebhookAddress(typed);
  return read.ok
    ? { ok: true, target: read.url.href }
    : { ok: false, words: sayText({ key: `alerts.invalid.webhook.${read.problem}` }) };
}

function errorsOf(issues: readonly z.core.$ZodIssue[]): ChannelErrors {
  const errors: Partial<Record<ChannelField, string>> = {};
  const words = sayText({ key: "alerts.invalid.choose" });
  for (const { path } of issues) {
    const name = String(path[0] ?? "form");
    errors[isField(name) ? name : "form"] ??= words;
  }
  return errors;
}

const isField = (name: string): name is ChannelField => FIELDS.includes(name);
