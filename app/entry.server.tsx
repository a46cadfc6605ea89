import { PassThrough } from "node:stream";

import { createReadableStreamFromReadable, type EntryContext, type AppLoadContext } from "@remix-run/node";
import { RemixServer, isRouteErrorResponse } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";

import { ScriptNonce } from "./components/frame/script-nonce.ts";
import { setDocumentHeaders } from "./platform/http/document-headers.server.ts";
import { makeScriptNonce, scriptPolicy } from "./platform/http/script-policy.server.ts";

const ABORT_DELAY_MS = 5_000;

export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { tandem }: AppLoadContext,
): Promise<Response> {
  tandem.shopify.addDocumentResponseHeaders(request, headers);
  // The library asks browsers to load its own App Bridge ahead, also where another stands in for it.
  if (tandem.environment.APP_BRIDGE_URL) headers.delete("link");
  const nonce = makeScriptNonce();
  setDocumentHeaders(
    headers,
    tandem.environment.FRAME_ANCESTORS_LOCAL,
    tandem.environment.NODE_ENV === "development"
      ? undefined
      : scriptPolicy(nonce, tandem.environment.APP_BRIDGE_URL),
  );
  headers.set("content-type", "text/html; charset=utf-8");
  const whenReady = isbot(request.headers.get("user-agent") ?? "") ? "onAllReady" : "onShellReady";

  return new Promise((resolve, reject) => {
    let failed = false;
    const { pipe, abort } = renderToPipeableStream(
      <ScriptNonce.Provider value={nonce}>
        <RemixServer context={remixContext} url={request.url} abortDelay={ABORT_DELAY_MS} nonce={nonce} />
      </ScriptNonce.Provider>,
      {
        nonce,
        [whenReady]: () => {
          const body = new PassThrough();
          resolve(
            new Response(createReadableStreamFromReadable(body), { headers, status: failed ? 500 : status }),
          );
          pipe(body);
        },
        onShellError: reject,
        onError: (error) => {
          failed = true;
          tandem.log.error(
            { err: error, path: new URL(request.url).pathname },
            "a page could not be rendered",
          );
        },
      },
    );
    setTimeout(abort, ABORT_DELAY_MS + 1_000).unref();
  });
}

export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: AppLoadContext },
): void {
  if (context.callerGone.aborted || request.signal.aborted) return;
  // An address that does not exist, a method that is not allowed: the caller's fault, and as many as they like.
  if (isRouteErrorResponse(error) && error.status < 500) return;
  context.tandem.log.error({ err: error, path: new URL(request.url).pathname }, "a request failed");
}
