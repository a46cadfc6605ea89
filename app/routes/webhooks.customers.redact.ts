import type { ActionFunctionArgs } from "@remix-run/node";

import { receiveComplianceRequest } from "../privacy/receive-compliance-request.server.ts";

/** customers/redact: a customer asked to be forgotten. */
export async function action({ request, context: { tandem } }: ActionFunctionArgs): Promise<Response> {
  return receiveComplianceRequest(tandem, "customers/redact", request);
}
