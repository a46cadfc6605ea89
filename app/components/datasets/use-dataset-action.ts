import { useFetcher } from "@remix-run/react";

import type { DatasetActionOutcome } from "../../admin/act-on-dataset.server.ts";
import type { SaveFailed } from "../frame/keep-form.ts";
import { useToast } from "../frame/use-toast.ts";

/** One button or form of a dataset's page: sends its wish, says its success, keeps its problem. */
export function useDatasetAction() {
  const fetcher = useFetcher<DatasetActionOutcome | SaveFailed>();
  useToast(fetcher.data?.kind === "done" ? fetcher.data : null);
  return {
    busy: fetcher.state !== "idle",
    wish: fetcher.formData?.get("intent") ?? null,
    problem: problemOf(fetcher.data),
    outcome: fetcher.data,
    send: (fields: Readonly<Record<string, string>>) => fetcher.submit(fields, { method: "post" }),
  };
}

function problemOf(
  outcome: DatasetActionOutcome | SaveFailed | undefined,
): { readonly field: "token" | "check" | "form"; readonly text: string } | null {
  if (outcome?.kind === "problem") return outcome;
  return outcome?.kind === "failed" ? { field: "form", text: outcome.words } : null;
}
