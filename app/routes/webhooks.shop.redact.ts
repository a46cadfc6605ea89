import type { ActionFunctionArgs } from "@remix-run/node";

import { receiveComplianceRequest } from "../privacy/receive-compliance-request.server.ts";

/** shop/redact: 48 hours after the uninstall. */
export async function action({ request, context: { tandem } }: ActionFunctionArgs): Promise<Response> {
  return receiveComplianceRequest(tandem, "shop/redact", request);
}
