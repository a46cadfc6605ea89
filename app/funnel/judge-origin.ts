/**
 * Whether a request may come from a page with this Origin: the sandbox of a web pixel has none ("null", or no header);
 * else it must be a page of the store. Whoever is no browser writes what it likes: this keeps out other sites' visitors.
 *
 * @param hosts of the store's pages, lower case
 */
export function isOwnOrigin(origin: string | null, hosts: readonly string[]): boolean {
  if (origin === null || origin === "null") return true;
  const url = origin.length > 300 ? null : URL.parse(origin);
  return url !== null && url.protocol === "https:" && hosts.includes(url.hostname);
}
