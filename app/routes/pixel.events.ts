import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";

import { answerPreflight } from "../pairing/pixel-request.server.ts";

/** The web pixel's events: in production answered before Remix (server.ts), here in development and spelt otherwise. */
export async function action({
  request,
  context: { tandem, clientAddress },
}: ActionFunctionArgs): Promise<Response> {
  return tandem.funnel.take(request, clientAddress);
}

export function loader({ request }: LoaderFunctionArgs): Response {
  return answerPreflight(request);
}
