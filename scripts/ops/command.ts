import type { Clock } from "#app/platform/process/clock.ts";
import type { Database } from "#app/platform/database/database.server.ts";
import type { Environment } from "#app/platform/process/environment.server.ts";
import type { Log } from "#app/platform/process/log.server.ts";
import type { SecretBox } from "#app/platform/process/secret-box.server.ts";

import type { OptionText } from "../command-line/read-command.ts";

/** What a command works with. */
export interface OpsContext {
  readonly environment: Environment;
  readonly database: Database;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
  readonly log: Log;
}

export type OpsValues = Readonly<Record<string, string | boolean | undefined>>;

/** One operator command: `npm run ops -- NAME [OPTIONS]`. */
export interface OpsCommand {
  /** One line for the list of commands. */
  readonly does: string;
  /** How long it takes, in words; a second where it says nothing. */
  readonly takes?: string;
  readonly options: readonly OptionText[];
  /** What is printed as JSON; `ok: false` makes the command exit 1. */
  run(context: OpsContext, values: OpsValues): Promise<object & { readonly ok?: boolean }>;
}

export const SHOP_OPTION: OptionText = { flags: "--shop <shop>", does: "the store: name.myshopify.com" };
export const DATASET_OPTION: OptionText = { flags: "--dataset <id>", does: "Meta's ID of the dataset" };

/** What the operator typed is wrong: one line, exit 2. */
export class UsageProblem extends Error {
  override readonly name = "UsageProblem";
}

export function text(values: OpsValues, name: string): string {
  const value = values[name];
  if (typeof value !== "string" || value === "") throw new UsageProblem(`--${name} is missing`);
  return value;
}

export function optionalNumber(values: OpsValues, name: string): number | undefined {
  const value = values[name];
  if (value === undefined) return undefined;
  if (typeof value !== "string" || !/^\d+$/.test(value)) throw new UsageProblem(`--${name} takes a number`);
  return Number(value);
}

/** Unix milliseconds of an ISO 8601 time. */
export function optionalTime(values: OpsValues, name: string): number | undefined {
  const value = values[name];
  if (value === undefined) return undefined;
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (!Number.isFinite(at)) throw new UsageProblem(`--${name} takes a time such as 2026-11-23T10:00:00Z`);
  return at;
}

export async function findStore({ database }: OpsContext, values: OpsValues): Promise<bigint> {
  const shop = text(values, "shop");
  const store = await database.prisma.store.findUnique({ where: { shop }, select: { id: true } });
  if (!store) throw new UsageProblem(`there is no store ${shop}`);
  return store.id;
}

/** @param metaDatasetId Meta's dataset ID, as the merchant knows it */
export async function findDataset(
  { database }: OpsContext,
  storeId: bigint,
  metaDatasetId: string,
): Promise<bigint> {
  const dataset = await database.prisma.dataset.findUnique({
    where: { storeId_datasetId: { storeId, datasetId: metaDatasetId } },
    select: { id: true },
  });
  if (!dataset) throw new UsageProblem(`the store has no dataset ${metaDatasetId}`);
  return dataset.id;
}
