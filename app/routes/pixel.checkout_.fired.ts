import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";

import { answerPreflight } from "../pairing/pixel-request.server.ts";

/** What became of the browser copy. */
export async function action({
  request,
  context: { tandem, clientAddress },
}: ActionFunctionArgs): Promise<Response> {
  return tandem.pairing.fired(request, clientAddress);
}

export function loader({ request }: LoaderFunctionArgs): Response {
  return answerPreflight(request);
}
