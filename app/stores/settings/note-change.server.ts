import { z } from "zod";

import { namesOf } from "../../conversions/settings/setting-kinds.ts";
import { STORE_SETTINGS, isSettingName, type SettingName } from "../../conversions/settings/settings.ts";
import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";

/** What the log of changes knows (docs/decisions/0762). */
export const CHANGE_KINDS = [
  "settings_changed",
  "consent_policy_changed",
  "dataset_connected",
  "dataset_paused",
  "dataset_resumed",
  "dataset_disconnected",
  "token_replaced",
  "tracking_on",
  "tracking_off",
  "embed_reports",
  "embed_silent",
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Somebody in the merchant's admin, or the app by itself. */
export type ChangedBy = "merchant" | "app";

/** The consent policy decides what is sent at all, so its change stands for itself, with its values. */
export type NamedSetting = Exclude<SettingName, "consentPolicy">;

function isNamedSetting(name: string): name is NamedSetting {
  return isSettingName(name) && name !== "consentPolicy";
}

const policy = z.enum(namesOf(STORE_SETTINGS.consentPolicy.choices)).optional().catch(undefined);

/** Names of settings; values only of the consent policy, which are of a list. */
const details = z.object({
  settings: z
    .array(z.string())
    .transform((names) => names.filter(isNamedSetting))
    .optional()
    .catch(undefined),
  from: policy,
  to: policy,
});
export type ChangeDetails = z.infer<typeof details>;

/** Details as they are stored; what nobody knows reads as nothing. */
export function readChangeDetails(stored: unknown): ChangeDetails {
  return details.safeParse(stored).data ?? {};
}

/** Writes down what has just changed in a store. */
export async function noteChange(
  deps: { readonly database: Database; readonly clock: Clock },
  change: {
    readonly storeId: bigint;
    readonly kind: ChangeKind;
    readonly by: ChangedBy;
    readonly datasetId?: bigint;
    readonly details?: ChangeDetails;
  },
): Promise<void> {
  await deps.database.prisma.storeChange.create({
    data: {
      storeId: change.storeId,
      at: new Date(deps.clock()),
      kind: change.kind,
      by: change.by,
      ...(change.datasetId === undefined ? {} : { datasetId: change.datasetId }),
      details: change.details ?? {},
    },
  });
}
