import { checkDataset, type DatasetCheck } from "../../meta/check-dataset.ts";
import type { GraphClient } from "../../meta/graph-client.server.ts";
import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";
import type { SecretBox } from "../../platform/process/secret-box.server.ts";
import { readDatasetId, readDatasetName, readToken, type FieldErrors } from "./dataset-input.ts";
import { noteChange } from "../settings/note-change.server.ts";
import { sayText } from "../../texts/texts.ts";
import "../../texts/areas/connect.ts";
import { releaseDataset } from "./release-dataset.server.ts";
import { tokenPurpose } from "./open-dataset-token.server.ts";

export interface DatasetDependencies {
  readonly database: Database;
  readonly graph: Pick<GraphClient, "debugToken">;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
}

export type ConnectField = "datasetId" | "token" | "form";

export type ConnectOutcome =
  | {
      readonly kind: "connected";
      readonly datasetId: bigint;
      /** False when Meta could not be asked: saved all the same, and checked by the first event. */
      readonly checked: boolean;
    }
  | { readonly kind: "invalid"; readonly errors: FieldErrors<ConnectField> };

/**
 * Connects a dataset to a store, or connects it again after it was disconnected. The pair of ID and token is checked
 * with Meta first; a wrong pair is not saved. When Meta cannot be asked, it is saved and marked as unchecked: a merchant
 * must not be stopped by an outage at Meta.
 */
export async function connectDataset(
  deps: DatasetDependencies,
  input: {
    readonly storeId: bigint;
    readonly datasetId: string;
    readonly token: string;
    readonly name: string;
  },
): Promise<ConnectOutcome> {
  const id = readDatasetId(input.datasetId);
  const token = readToken(input.token);
  if (!id.ok || !token.ok) {
    return {
      kind: "invalid",
      errors: { ...(id.ok ? {} : { datasetId: id.message }), ...(token.ok ? {} : { token: token.message }) },
    };
  }
  const { prisma } = deps.database;
  const known = await prisma.dataset.findUnique({
    where: { storeId_datasetId: { storeId: input.storeId, datasetId: id.datasetId } },
  });
  if (known && known.state !== "disconnected") {
    return {
      kind: "invalid",
      errors: { datasetId: sayText({ key: "connect.already" }) },
    };
  }
  const check = checkDataset(id.datasetId, await deps.graph.debugToken(token.token));
  const problem = fieldProblem(check);
  if (problem) return { kind: "invalid", errors: problem };

  const data = {
    name: readDatasetName(input.name),
    state: "active",
    ...tokenColumns(deps, { storeId: input.storeId, metaDatasetId: id.datasetId, token: token.token }, check),
  };
  const saved = await prisma.dataset.upsert({
    where: { storeId_datasetId: { storeId: input.storeId, datasetId: id.datasetId } },
    create: { storeId: input.storeId, datasetId: id.datasetId, createdAt: new Date(deps.clock()), ...data },
    update: data,
  });
  await releaseDataset(deps.database, saved.id);
  await noteChange(deps, {
    storeId: input.storeId,
    kind: "dataset_connected",
    by: "merchant",
    datasetId: saved.id,
  });
  return { kind: "connected", datasetId: saved.id, checked: check.ok };
}

export type ReplaceOutcome =
  | { readonly kind: "replaced"; readonly checked: boolean }
  | { readonly kind: "invalid"; readonly errors: FieldErrors<"token"> }
  | { readonly kind: "not_found" };

/** A new token for a connected dataset; what was held goes out, oldest and most urgent first. */
export async function replaceToken(
  deps: DatasetDependencies,
  input: { readonly storeId: bigint; readonly datasetId: bigint; readonly token: string },
): Promise<ReplaceOutcome> {
  const dataset = await deps.database.prisma.dataset.findFirst({
    where: { id: input.datasetId, storeId: input.storeId, state: { not: "disconnected" } },
  });
  if (!dataset) return { kind: "not_found" };
  const token = readToken(input.token);
  if (!token.ok) return { kind: "invalid", errors: { token: token.message } };
  const check = checkDataset(dataset.datasetId, await deps.graph.debugToken(token.token));
  const problem = fieldProblem(check);
  if (problem) return { kind: "invalid", errors: { token: problem.token ?? problem.datasetId ?? "" } };
  await deps.database.prisma.dataset.update({
    where: { id: dataset.id },
    data: tokenColumns(
      deps,
      { storeId: input.storeId, metaDatasetId: dataset.datasetId, token: token.token },
      check,
    ),
  });
  await releaseDataset(deps.database, dataset.id);
  return { kind: "replaced", checked: check.ok };
}

/** Which field a refusal belongs to; undefined when it stops nothing. */
function fieldProblem(check: DatasetCheck): FieldErrors<"datasetId" | "token"> | undefined {
  if (check.ok || check.code === "unreachable" || check.code === "throttled") return undefined;
  return check.code === "other_dataset" ? { datasetId: check.words } : { token: check.words };
}

function tokenColumns(
  deps: DatasetDependencies,
  input: { readonly storeId: bigint; readonly metaDatasetId: string; readonly token: string },
  check: DatasetCheck,
) {
  return {
    sealedToken: deps.secretBox.seal(input.token, tokenPurpose(input.storeId, input.metaDatasetId)),
    tokenLastFour: input.token.slice(-4),
    ...checkColumns(check, deps.clock()),
  };
}

/**
 * What a check of a token says of its dataset. A token that does not end by time ends in 1970 here; where Meta could not be
 * asked, what it said before stays.
 *
 * @param now Unix milliseconds
 */
export function checkColumns(check: DatasetCheck, now: number) {
  return {
    checkedAt: new Date(now),
    checkResult: check.ok ? "ok" : check.code,
    ...(check.ok && { tokenExpiresAt: new Date(check.expiresAt ?? 0) }),
  };
}
