/**
 * Headers of every HTML document. Shopify's library sets `frame-ancestors` only for a request that names a valid shop;
 * a document for nobody may be framed by nobody.
 *
 * @param localAncestors further addresses of this machine that may frame the app (a stand-in for the admin)
 * @param scripts the policy's `script-src`; undefined only where a development server writes scripts into the page
 */
export function setDocumentHeaders(
  headers: Headers,
  localAncestors: readonly string[],
  scripts: string | undefined,
): void {
  const policy = headers.get("content-security-policy") ?? "frame-ancestors 'none';";
  const named = /frame-ancestors ([^;]*)/.exec(policy)?.[1] ?? "'none'";
  const ancestors =
    named.includes("'none'") || localAncestors.length === 0
      ? named
      : `${named.trim()} ${localAncestors.join(" ")}`;
  headers.set(
    "content-security-policy",
    [
      `frame-ancestors ${ancestors.trim()}`,
      ...(scripts === undefined ? [] : [scripts]),
      "base-uri 'self'; object-src 'none'; form-action 'self'",
    ].join("; "),
  );
  headers.set("referrer-policy", "strict-origin-when-cross-origin");
  // A page that is the same for everybody says so itself.
  if (!headers.get("cache-control")?.startsWith("public, "))
    headers.set("cache-control", "private, no-store");
}
