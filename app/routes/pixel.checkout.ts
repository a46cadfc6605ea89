import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";

import { answerPreflight } from "../pairing/pixel-request.server.ts";

/** The web pixel's question: may this browser fire its copy of the purchase? */
export async function action({
  request,
  context: { tandem, clientAddress, callerGone },
}: ActionFunctionArgs): Promise<Response> {
  return tandem.pairing.checkout(request, clientAddress, callerGone);
}

export function loader({ request }: LoaderFunctionArgs): Response {
  return answerPreflight(request);
}
