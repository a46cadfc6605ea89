/** Whether the address of a first page carries Meta's click ID. */
export function hasClickId(landing: string): boolean {
  const query = landing.indexOf("?");
  return query >= 0 && new URLSearchParams(landing.slice(query + 1)).has("fbclid");
}
