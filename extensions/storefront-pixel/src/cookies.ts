import type { StorefrontWindow } from "./storefront-window.ts";

/** Value of a cookie, verbatim, or "" where there is none. */
export function readCookie(page: StorefrontWindow, name: string): string {
  const found = page.document.cookie.split("; ").find((cookie) => cookie.startsWith(`${name}=`));
  return found ? found.slice(name.length + 1) : "";
}

/**
 * Writes a cookie for the widest domain that the browser accepts, as Meta's own script does (else a store on www. would
 * end up with two of the same name). `valueFor` gets Meta's subdomain index: example.com = 1, www.example.com = 2, and
 * 1 where the host has no domain (localhost, an IP address). `maxAge` is in seconds; 0 deletes.
 */
export function writeCookie(
  page: StorefrontWindow,
  name: string,
  valueFor: (subdomainIndex: number) => string,
  maxAge: number,
): void {
  const { hostname } = page.location;
  const labels = /[a-z]/i.test(hostname) ? hostname.split(".") : [];
  const write = (index: number, domain: string) => {
    page.document.cookie = `${name}=${valueFor(index)};path=/;max-age=${maxAge};samesite=lax${domain}`;
    return readCookie(page, name) === (maxAge ? valueFor(index) : "");
  };
  for (let index = 1; index < labels.length; index++) {
    if (write(index, `;domain=${labels.slice(-index - 1).join(".")}`)) return;
  }
  write(1, "");
}
