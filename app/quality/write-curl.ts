/** The request for one event as a shell command. The token stays a variable, so a copied command holds no secret. */
export function writeCurl(graphUrl: string, version: string, datasetId: string, payload: unknown): string {
  const body = JSON.stringify({ data: [payload] }, null, 2).replaceAll("'", "'\\''");
  return [
    `curl -X POST '${graphUrl}/${version}/${datasetId}/events' \\`,
    `  -H "Authorization: Bearer $META_ACCESS_TOKEN" \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${body}'`,
  ].join("\n");
}
