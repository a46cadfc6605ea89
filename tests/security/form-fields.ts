import { globSync, readFileSync } from "node:fs";

/** Sources that read what the admin's forms send. */
const SOURCES = ["app/routes/app.*", "app/admin/*.server.ts"];

/** Names of the fields that any form of the admin's pages is read for. */
export function formFields(): readonly string[] {
  return namesIn(/\b(?:form\.get|field)\("(\w+)"\)/g).filter((name) => name !== "intent");
}

/** What the buttons of the admin's pages ask for. */
export function formIntents(): readonly string[] {
  return namesIn(/(?:case|get\("intent"\) ===|\bintent ===) "(\w+)"/g);
}

function namesIn(pattern: RegExp): readonly string[] {
  const text = globSync(SOURCES)
    .filter((file) => !file.includes(".test."))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  return [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))].sort();
}
