import type { AlertMessage, Store } from "@prisma/client";

import type { Severity } from "../audit/check.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { SecretBox } from "../platform/process/secret-box.server.ts";
import { CHANNEL_KINDS, choiceOf, type ChannelKind, type QuietHours } from "./channels/channel.ts";
import { formOfChannel, type ChannelForm } from "./channels/channel-form.ts";
import { openTarget, shownTarget } from "./channels/sealed-channel.server.ts";
import { problemWords } from "./send/problem-words.ts";
import { readAlertFindings } from "./write/alert-finding.ts";
import { findingTitle } from "./write/describe-finding.ts";

/** Days whose messages are listed, and how many of them. */
const SHOWN_DAYS = 30;
export const MOST_SHOWN = 100;

export const CHANNEL_STATES = ["unused", "ok", "retrying", "failing", "sealed"] as const;
export type ChannelState = (typeof CHANNEL_STATES)[number];

export interface ChannelView {
  readonly id: string;
  readonly kind: ChannelKind;
  /** What is shown of the address; null where it cannot be read any more. */
  readonly name: string | null;
  readonly state: ChannelState;
  /** Why the last message did not arrive, in words. */
  readonly problem: string | null;
  readonly severity: Severity;
  readonly tellMended: boolean;
  readonly quiet: QuietHours | null;
  readonly criticalPasses: boolean;
}

export interface MessageView {
  readonly id: string;
  /** When it was decided on, unix milliseconds. */
  readonly at: number;
  readonly state: string;
  readonly kind: ChannelKind;
  readonly name: string | null;
  /** Titles of the findings, in words; empty for a test. */
  readonly findings: readonly { readonly title: string; readonly mended: boolean }[];
  readonly attempts: number;
  /** Unix milliseconds; null where it is not tried again. */
  readonly nextAt: number | null;
  readonly problem: string | null;
}

export interface AlertsView {
  readonly channels: readonly ChannelView[];
  /** The newest first. */
  readonly messages: readonly MessageView[];
  readonly isAll: boolean;
}

interface ReadDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly secretBox: SecretBox;
}

/** What the page of alerts shows of a store. */
export async function readAlerts(deps: ReadDeps, store: Pick<Store, "id">): Promise<AlertsView> {
  const { prisma } = deps.database;
  const channels = await prisma.alertChannel.findMany({
    where: { storeId: store.id },
    orderBy: { createdAt: "asc" },
    include: { messages: { orderBy: { id: "desc" }, take: 1 } },
  });
  const from = new Date(deps.clock() - SHOWN_DAYS * 86_400_000);
  const rows = await prisma.alertMessage.findMany({
    where: { storeId: store.id, createdAt: { gte: from } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MOST_SHOWN + 1,
  });
  const named = new Map(
    channels.map((channel) => [
      channel.id,
      { kind: kindOf(channel.kind), name: shownTarget(deps.secretBox, channel) },
    ]),
  );
  return {
    channels: channels.map(({ messages: [last], ...channel }) => {
      const { kind, name } = named.get(channel.id) ?? { kind: kindOf(channel.kind), name: null };
      const { least, ...choice } = choiceOf(channel);
      return {
        id: channel.id,
        kind,
        name,
        state: stateOf(name, last?.state),
        problem: last && isTrouble(last.state) ? problemWords(last.problem, last.answer) : null,
        severity: least,
        tellMended: choice.tellMended,
        quiet: choice.quiet,
        criticalPasses: choice.criticalPasses,
      };
    }),
    messages: rows.slice(0, MOST_SHOWN).flatMap((row) => {
      const of = named.get(row.channelId);
      return of ? [messageView(row, of)] : [];
    }),
    isAll: rows.length <= MOST_SHOWN,
  };
}

export interface EditedChannel {
  readonly id: string;
  readonly version: number;
  readonly name: string | null;
  readonly form: ChannelForm;
}

/** A channel of this store for its form; undefined where there is none. */
export async function readChannel(
  { database, secretBox }: Pick<ReadDeps, "database" | "secretBox">,
  where: { readonly storeId: bigint; readonly id: string },
): Promise<EditedChannel | undefined> {
  const { id, storeId } = where;
  const channel = await database.prisma.alertChannel.findFirst({ where: { id, storeId } });
  if (!channel) return undefined;
  return {
    id: channel.id,
    version: channel.version,
    name: shownTarget(secretBox, channel),
    form: formOfChannel(channel.kind, openTarget(secretBox, channel) ?? null, choiceOf(channel)),
  };
}

function messageView(
  row: AlertMessage,
  channel: { readonly kind: ChannelKind; readonly name: string | null },
): MessageView {
  return {
    id: String(row.id),
    at: row.createdAt.getTime(),
    state: row.state,
    ...channel,
    findings: readAlertFindings(row.findings).map((finding) => ({
      title: findingTitle(finding),
      mended: finding.change === "mended",
    })),
    attempts: row.attempts,
    nextAt: row.state === "retrying" ? row.dueAt.getTime() : null,
    problem: isTrouble(row.state) ? problemWords(row.problem, row.answer) : null,
  };
}

const kindOf = (stored: string): ChannelKind => CHANNEL_KINDS.find((each) => each === stored) ?? "webhook";
const isTrouble = (state: string): boolean => state === "retrying" || state === "dead";

function stateOf(name: string | null, last: string | undefined): ChannelState {
  if (name === null) return "sealed";
  if (last === "dead") return "failing";
  if (last === "retrying") return "retrying";
  return last === "sent" ? "ok" : "unused";
}
