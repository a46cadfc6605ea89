/**
 * Headers of every HTML document. Shopify's library sets `frame-ancestors` only for a request that names a valid shop;
 * a document for nobody may be framed by nobody.
 *
 * @param localAncestors further addresses of this machine that may frame the app (a stand-in for the admin)
 */
export function setDocumentHeaders(headers: Headers, localAncestors: readonly string[]): void {
  const policy = headers.get("content-security-policy") ?? "frame-ancestors 'none';";
  const named = /frame-ancestors ([^;]*)/.exec(policy)?.[1] ?? "'none'";
  const ancestors =
    named.includes("'none'") || localAncestors.length === 0
      ? named
      : `${named.trim()} ${localAncestors.join(" ")}`;
  headers.set(
    "content-security-policy",
    `frame-ancestors ${ancestors.trim()}; base-uri 'self'; object-src 'none'; form-action 'self'`,
  );
  headers.set("referrer-policy", "strict-origin-when-cross-origin");
  headers.set("cache-control", "no-store");
}
