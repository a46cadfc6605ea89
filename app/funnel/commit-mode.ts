import type { Database } from "../platform/database/database.server.ts";

/**
 * The `synchronous_commit` of a statement about events (docs/decisions/0841). A server may put off its disk: what it loses, it
 * loses with its machine. The embedded database dies with this process, so it may not.
 */
export function commitMode({ kind }: Pick<Database, "kind">): "on" | "off" {
  return kind === "server" ? "off" : "on";
}
