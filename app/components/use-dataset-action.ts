import { useFetcher } from "@remix-run/react";

import type { DatasetActionOutcome } from "../act-on-dataset.server.ts";
import { useToast } from "./use-toast.ts";

/** One button or form of a dataset's page: sends its wish, says its success, keeps its problem. */
export function useDatasetAction() {
  const fetcher = useFetcher<DatasetActionOutcome>();
  useToast(fetcher.data?.kind === "done" ? fetcher.data : null);
  return {
    busy: fetcher.state !== "idle",
    wish: fetcher.formData?.get("intent") ?? null,
    problem: fetcher.data?.kind === "problem" ? fetcher.data : null,
    outcome: fetcher.data,
    send: (fields: Readonly<Record<string, string>>) => fetcher.submit(fields, { method: "post" }),
  };
}
