import { PassThrough } from "node:stream";

import { createReadableStreamFromReadable, type EntryContext, type AppLoadContext } from "@remix-run/node";
import { RemixServer, isRouteErrorResponse } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";

import { DocumentReference, messageWithReference } from "./components/frame/request-reference.ts";
import { ScriptNonce } from "./components/frame/script-nonce.ts";
import { setDocumentHeaders } from "./platform/http/document-headers.server.ts";
import { languageScript } from "./platform/http/language-script.server.ts";
import { makeScriptNonce, scriptPolicy } from "./platform/http/script-policy.server.ts";
import { currentLanguage } from "./texts/language.ts";

const ABORT_DELAY_MS = 5_000;

export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { tandem, requestId }: AppLoadContext,
): Promise<Response> {
  tandem.shopify.addDocumentResponseHeaders(request, headers);
  // The library asks browsers to load its own App Bridge ahead, also where another stands in for it.
  if (tandem.environment.APP_BRIDGE_URL) headers.delete("link");
  const script = languageScript(currentLanguage());
  if (script !== undefined) headers.append("link", `<${script}>; rel=modulepreload`);
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
        <DocumentReference.Provider value={requestId}>
          <RemixServer context={remixContext} url={request.url} abortDelay={ABORT_DELAY_MS} nonce={nonce} />
        </DocumentReference.Provider>
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

/** What a page asks for without loading a document: an error of ours names its request, and nothing else of itself. */
export function handleDataRequest(
  response: Response,
  { context: { tandem, requestId } }: { context: AppLoadContext },
): Response {
  if (!response.headers.has("x-remix-error") || tandem.environment.NODE_ENV === "development")
    return response;
  const { status, headers } = response;
  return Response.json({ message: messageWithReference(requestId) }, { status, headers });
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
