import { randomUUID } from "node:crypto";

import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";
import type { SecretBox } from "../../platform/process/secret-box.server.ts";
import { currentLanguage } from "../../texts/language.ts";
import { sayText } from "../../texts/texts.ts";
import "../../texts/areas/alerts.ts";
import { withStoreLocked } from "../../stores/lock-store.server.ts";
import { makeSigningSecret } from "../send/sign-webhook.ts";
import { CHANNEL_KINDS, MOST_CHANNELS, type ChannelChoice } from "./channel.ts";
import type { ChannelErrors } from "./channel-form.ts";
import { parseChannel } from "./parse-channel.ts";
import { secretPurpose, targetPurpose } from "./sealed-channel.server.ts";

export interface ChannelDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly secretBox: SecretBox;
  /** Whether the operator has set up mail. */
  readonly hasMail: boolean;
}

export type ChannelSaved =
  /** `secret`: a new webhook's, to be shown once. */
  | { readonly kind: "saved"; readonly secret: string | null; readonly version: number }
  | { readonly kind: "invalid"; readonly errors: ChannelErrors }
  /** Saved elsewhere meanwhile: nothing was overwritten. */
  | { readonly kind: "stale" }
  | { readonly kind: "not_found" };

/** Adds a channel to a store. It is told of what changes from now on, in the language of whoever adds it. */
export async function addChannel(
  deps: ChannelDeps,
  input: { readonly storeId: bigint; readonly values: unknown },
): Promise<ChannelSaved> {
  const parsed = parseChannel(input.values, undefined);
  if (!parsed.ok) return { kind: "invalid", errors: parsed.errors };
  const { kind, target, choice } = parsed.channel;
  if (target === null || (kind === "email" && !deps.hasMail))
    return { kind: "invalid", errors: { kind: sayText({ key: "alerts.invalid.noMail" }) } };
  const id = randomUUID();
  const secret = kind === "webhook" ? makeSigningSecret() : null;
  const data = {
    id,
    storeId: input.storeId,
    kind,
    ...columnsOf(choice),
    language: currentLanguage(),
    sealedTarget: deps.secretBox.seal(target, targetPurpose(id)),
    sealedSecret: secret === null ? null : deps.secretBox.seal(secret, secretPurpose(id)),
    createdAt: new Date(deps.clock()),
  };
  const isAdded = await withStoreLocked(deps.database, input.storeId, async (tx) => {
    if ((await tx.alertChannel.count({ where: { storeId: input.storeId } })) >= MOST_CHANNELS) return false;
    await tx.alertChannel.create({ data });
    return true;
  });
  if (isAdded) return { kind: "saved", secret, version: 1 };
  const most = sayText({ key: "alerts.invalid.most", values: { most: MOST_CHANNELS } });
  return { kind: "invalid", errors: { form: most } };
}

/**
 * Saves a channel as its form sends it, and the language that the form was read in, where it is still the version that the form
 * was rendered with.
 */
export async function saveChannel(
  deps: ChannelDeps,
  input: {
    readonly storeId: bigint;
    readonly id: string;
    readonly version: number;
    readonly values: unknown;
  },
): Promise<ChannelSaved> {
  const { prisma } = deps.database;
  const { id, storeId, version } = input;
  const known = await prisma.alertChannel.findFirst({ where: { id, storeId } });
  if (!known) return { kind: "not_found" };
  const parsed = parseChannel(input.values, CHANNEL_KINDS.find((each) => each === known.kind) ?? "webhook");
  if (!parsed.ok) return { kind: "invalid", errors: parsed.errors };
  const { target, choice } = parsed.channel;
  const { count } = await prisma.alertChannel.updateMany({
    where: { id, storeId, version },
    data: {
      ...columnsOf(choice),
      language: currentLanguage(),
      ...(target === null ? {} : { sealedTarget: deps.secretBox.seal(target, targetPurpose(id)) }),
      version: version + 1,
    },
  });
  return count > 0 ? { kind: "saved", secret: null, version: version + 1 } : { kind: "stale" };
}

/** Gives a webhook a new signing secret; what is sent from now on is signed with it. */
export async function renewSecret(
  deps: ChannelDeps,
  input: { readonly storeId: bigint; readonly id: string; readonly version: number },
): Promise<ChannelSaved> {
  const { id, storeId, version } = input;
  const secret = makeSigningSecret();
  const { count } = await deps.database.prisma.alertChannel.updateMany({
    where: { id, storeId, version, kind: "webhook" },
    data: { sealedSecret: deps.secretBox.seal(secret, secretPurpose(id)), version: version + 1 },
  });
  return count > 0 ? { kind: "saved", secret, version: version + 1 } : { kind: "stale" };
}

/** Removes a channel, what it was told, and its list of messages. */
export async function removeChannel(
  { database }: Pick<ChannelDeps, "database">,
  { id, storeId }: { readonly storeId: bigint; readonly id: string },
): Promise<void> {
  await database.prisma.alertChannel.deleteMany({ where: { id, storeId } });
}

function columnsOf({ least, tellMended, quiet, criticalPasses, groupMinutes }: ChannelChoice) {
  return {
    severity: least,
    tellMended,
    quietFrom: quiet?.from ?? null,
    quietUntil: quiet?.until ?? null,
    criticalPasses,
    groupMinutes,
  };
}
