import type { ServerResponse } from "node:http";
export function servePage(response: ServerResponse): void {
  response.end("soon");
}
