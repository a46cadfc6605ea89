import type { StorefrontWindow } from "./storefront-window.ts";

/** Value of a cookie, verbatim, or "" where there is none. */
export function readCookie(page: StorefrontWindow, name: string): string {
  const found = page.document.cookie.split("; ").find((cookie) => cookie.startsWith(`${name}=`));
  return found ? found.slice(name.length + 1) : "";
}

/**
 * Writes a cookie for the widest domain that the browser accepts, as Meta's own script does (else a store on www. would
 * end up with two of the same name). `valueFor` gets Meta's subdomain index: example.com = 1, www.example.com = 2, and
 * 1 where the host has no domain (localhost, an IP address). `maxAge` is in seconds.
 */
export function writeCookie(
  page: StorefrontWindow,
  name: string,
  valueFor: (subdomainIndex: number) => string,
  maxAge: number,
): void {
  const labels = hostLabels(page);
  const write = (index: number, domain: string) => {
    page.document.cookie = `${name}=${valueFor(index)};path=/;max-age=${maxAge};samesite=lax${domain}`;
    return readCookie(page, name) === valueFor(index);
  };
  for (let index = 1; index < labels.length; index++) {
    if (write(index, `;domain=${labels.slice(-index - 1).join(".")}`)) return;
  }
  write(1, "");
}

/** Deletes a cookie wherever it may be: for the host alone and each domain above it, on each path above the page. */
export function deleteCookie(page: StorefrontWindow, name: string): void {
  const labels = hostLabels(page);
  const domains = ["", ...labels.map((_, index) => `;domain=${labels.slice(index).join(".")}`)];
  const segments = page.location.pathname.split("/");
  const paths = segments.flatMap((_, index) => {
    const path = segments.slice(0, index + 1).join("/");
    return [path || "/", `${path}/`];
  });
  for (const domain of domains)
    for (const path of new Set(paths)) page.document.cookie = `${name}=;path=${path};max-age=0${domain}`;
}

/** Parts of the host's name; none where it has no domain (localhost, an IP address). */
function hostLabels({ location }: StorefrontWindow): string[] {
  return /[a-z]/i.test(location.hostname) ? location.hostname.split(".") : [];
}
