import type { ActionFunctionArgs } from "@remix-run/node";

import { receiveComplianceRequest } from "../privacy/receive-compliance-request.server.ts";

/** customers/data_request: a customer asked what is held of them. */
export async function action({ request, context: { tandem } }: ActionFunctionArgs): Promise<Response> {
  return receiveComplianceRequest(tandem, "customers/data_request", request);
}
