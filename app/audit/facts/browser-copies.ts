import type { AuditedDay } from "./audit-facts.ts";

/** Decided online orders of a day whose browser sent its copy, of all of them; what became of the server's is not asked. */
export function browserCopies({ pairing }: AuditedDay): { readonly part: number; readonly all: number } {
  const { paired, mismatched, server_only, browser_only } = pairing;
  const part = paired.count + mismatched.count + browser_only.count;
  return { part, all: part + server_only.count };
}
