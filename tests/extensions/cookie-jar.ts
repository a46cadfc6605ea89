/** A browser's cookie jar, as far as names, domains and expiry go. Times follow Date.now, so fake timers move them. */
const PUBLIC_SUFFIXES = ["com", "uk", "co.uk", "myshopify.com"];

interface Cookie {
  name: string;
  value: string;
  domain: string;
  path: string;
  expires: number;
}

export class CookieJar {
  readonly #hostname: string;
  #cookies: Cookie[] = [];

  constructor(hostname: string) {
    this.#hostname = hostname;
  }

  /** What `document.cookie` reads. */
  get header(): string {
    return this.#live()
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
  }

  /** What assigning `document.cookie` does; a domain that is a public suffix, or not the page's own, is refused. */
  set(line: string): void {
    const [pair = "", ...attributes] = line.split(";");
    const [name = "", ...rest] = pair.split("=");
    const attribute = (key: string) =>
      attributes
        .map((text) => text.trim())
        .find((text) => text.toLowerCase().startsWith(`${key}=`))
        ?.slice(key.length + 1);
    const domain = attribute("domain") ?? "";
    const isOwn = domain === "" || this.#hostname === domain || this.#hostname.endsWith(`.${domain}`);
    if (!isOwn || PUBLIC_SUFFIXES.includes(domain)) return;
    const path = attribute("path") ?? "/";
    const age = attribute("max-age");
    const expires = age === undefined ? Infinity : Date.now() + Number(age) * 1000;
    this.#cookies = this.#cookies.filter(
      (kept) => kept.name !== name || kept.domain !== domain || kept.path !== path,
    );
    this.#cookies.push({ name, value: rest.join("="), domain, path, expires });
  }

  get(name: string): Cookie | undefined {
    return this.#live().find((cookie) => cookie.name === name);
  }

  #live(): Cookie[] {
    return this.#cookies.filter((cookie) => cookie.expires > Date.now());
  }
}
