import { LANGUAGE_HEADER, type Language } from "./language.ts";

/**
 * From now on every request that the page makes to its own server says which language the page is in. Other servers are told
 * nothing. Laid around the `fetch` that stands there: App Bridge has put its session token into it by then.
 */
export function sendLanguage(language: Language, page: Pick<Window, "fetch" | "location"> = window): void {
  const send = page.fetch.bind(page);
  page.fetch = (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    if (!isOurs(address, page.location)) return send(input, init);
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    headers.set(LANGUAGE_HEADER, language);
    return send(input, { ...init, headers });
  };
}

function isOurs(address: string, { href, origin }: Pick<Location, "href" | "origin">): boolean {
  return URL.canParse(address, href) && new URL(address, href).origin === origin;
}
