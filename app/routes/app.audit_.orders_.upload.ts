import type { ActionFunctionArgs } from "@remix-run/node";

import { notFound, signedInStore } from "../admin/signed-in-store.server.ts";
import { readUpload } from "../admin/read-upload.server.ts";
import { MOST_UPLOADED, takeReceivedFile } from "../audit/reconcile/take-received-file.server.ts";

/** Takes an export of Meta's Events Manager; the dataset and the file's name stand in the address. */
export async function action(args: ActionFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const query = new URL(args.request.url).searchParams;
  const outcome = await takeReceivedFile(tandem, store.id, {
    dataset: query.get("dataset") ?? "",
    name: query.get("name")?.slice(0, 100).toWellFormed() || "file",
    bytes: readUpload(args.request, MOST_UPLOADED),
  });
  if (outcome.kind === "not_found") throw notFound();
  return Response.json(outcome);
}
