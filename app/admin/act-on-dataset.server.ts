import { pauseDataset, resumeDataset } from "../delivery/pause-dataset.server.ts";
import {
  checkConnectedDataset,
  disconnectDataset,
  renameDataset,
} from "../stores/datasets/change-dataset.server.ts";
import { replaceToken } from "../stores/datasets/connect-dataset.server.ts";
import { noteChange, type ChangeKind } from "../stores/settings/note-change.server.ts";
import { switchToOrderIdRule } from "../stores/settings/switch-to-order-id-rule.server.ts";
import { syncStore } from "./sync-store.server.ts";
import { sayText } from "../texts/texts.ts";
import type { Tandem } from "./tandem.ts";

export type DatasetActionOutcome =
  | { readonly kind: "done"; readonly text: string }
  | { readonly kind: "disconnected" }
  /** Beside the field it belongs to, or at the card where there is none. */
  | { readonly kind: "problem"; readonly field: "token" | "check"; readonly text: string }
  | { readonly kind: "not_found" };

const NOT_FOUND: DatasetActionOutcome = { kind: "not_found" };

interface DatasetOfStore {
  readonly shop: string;
  readonly storeId: bigint;
  readonly datasetId: bigint;
}

/** Wishes after which the store's browsers have to know something else than before. */
const TOLD_TO_BROWSERS: readonly unknown[] = ["pause", "resume", "disconnect", "token", "order_id_rule"];

/** What the log of changes says of a wish that was done. */
const NOTED: Readonly<Record<string, ChangeKind>> = {
  pause: "dataset_paused",
  resume: "dataset_resumed",
  disconnect: "dataset_disconnected",
  token: "token_replaced",
};

/** What a button on a dataset's page asks for. An unknown wish, or another store's dataset, is not found. */
export async function actOnDataset(
  tandem: Tandem,
  which: DatasetOfStore,
  form: URLSearchParams,
): Promise<DatasetActionOutcome> {
  const outcome = await actAlone(tandem, which, form);
  const isChanged = outcome.kind === "done" || outcome.kind === "disconnected";
  const noted = NOTED[form.get("intent") ?? ""];
  if (isChanged && noted)
    await noteChange(tandem, {
      storeId: which.storeId,
      kind: noted,
      by: "merchant",
      datasetId: which.datasetId,
    });
  if (isChanged && TOLD_TO_BROWSERS.includes(form.get("intent"))) await syncStore(tandem, which.shop);
  return outcome;
}

async function actAlone(
  tandem: Tandem,
  which: DatasetOfStore,
  form: URLSearchParams,
): Promise<DatasetActionOutcome> {
  const deps = tandem;
  const done = (found: boolean, text: string): DatasetActionOutcome =>
    found ? { kind: "done", text } : NOT_FOUND;
  switch (form.get("intent") ?? "") {
    case "rename":
      return done(
        await renameDataset(deps, which, form.get("name") ?? ""),
        sayText({ key: "datasets.done.renamed" }),
      );
    case "pause":
      return done(await pauseDataset(tandem.database, which), sayText({ key: "datasets.done.paused" }));
    case "resume":
      return done(await resumeDataset(tandem.database, which), sayText({ key: "datasets.done.resumed" }));
    case "disconnect":
      return (await disconnectDataset(deps, which)) ? { kind: "disconnected" } : NOT_FOUND;
    case "order_id_rule":
      await switchToOrderIdRule(tandem, which.storeId);
      return { kind: "done", text: sayText({ key: "datasets.done.orderIds" }) };
    case "token": {
      const outcome = await replaceToken(deps, { ...which, token: form.get("token") ?? "" });
      if (outcome.kind === "not_found") return NOT_FOUND;
      if (outcome.kind === "invalid")
        return { kind: "problem", field: "token", text: outcome.errors.token ?? "" };
      return {
        kind: "done",
        text: sayText({ key: outcome.checked ? "datasets.done.replaced" : "datasets.done.unchecked" }),
      };
    }
    case "check": {
      const outcome = await checkConnectedDataset(deps, which);
      if (outcome.kind === "not_found") return NOT_FOUND;
      if (outcome.kind === "token_lost") return { kind: "problem", field: "token", text: outcome.words };
      return outcome.check.ok
        ? { kind: "done", text: sayText({ key: "datasets.done.accepted" }) }
        : { kind: "problem", field: "check", text: outcome.check.words };
    }
    default:
      return NOT_FOUND;
  }
}
