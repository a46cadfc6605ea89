const RETRY = "X-Shopify-Retry-Invalid-Session-Request";
const REAUTHORIZE = "X-Shopify-API-Request-Failure-Reauthorize-Url";

/**
 * Adds a session token to every request to the app's own origin, as App Bridge does; asks once more with a fresh token
 * when the app says that the token was invalid, and leaves the frame when the app says where to.
 */
export function interceptFetch(idToken: () => Promise<string>): void {
  const original = window.fetch.bind(window);
  window.fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const own = new URL(request.url).origin === window.location.origin;
    if (!own || request.headers.has("authorization")) return original(request);
    const again = request.clone();
    const withToken = async (each: Request): Promise<Response> => {
      each.headers.set("authorization", `Bearer ${await idToken()}`);
      each.headers.set("x-requested-with", "XMLHttpRequest");
      return original(each);
    };
    let response = await withToken(request);
    if (response.headers.get(RETRY) === "1") response = await withToken(again);
    const elsewhere = response.headers.get(REAUTHORIZE);
    if (elsewhere !== null) window.open(elsewhere, "_top");
    return response;
  };
}
