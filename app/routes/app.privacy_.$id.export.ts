import type { LoaderFunctionArgs } from "@remix-run/node";

import { openExport } from "../privacy/read-compliance-requests.server.ts";
import { notFound, signedInStore } from "../admin/signed-in-store.server.ts";

/** The export of one customer's data, for the merchant to hand over. */
export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const text = await openExport(tandem, store.shop, args.params["id"] ?? "");
  if (text === undefined) throw notFound();
  return new Response(text, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": 'attachment; filename="customer-data.json"',
      "cache-control": "private, no-store",
    },
  });
}
