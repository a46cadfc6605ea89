import { readdirSync, readFileSync } from "node:fs";

export const ENDPOINT_KINDS = ["admin", "webhook", "proxy", "pixel", "public"] as const;
export type EndpointKind = (typeof ENDPOINT_KINDS)[number];

/** Route files and their kinds, as docs/security.md lists them. */
export function readEndpoints(): ReadonlyMap<string, EndpointKind> {
  const text = readFileSync("docs/security.md", "utf8");
  const rows = text.matchAll(/^\| ([\w.$-]+\.tsx?) +\| (\w+) +\|$/gm);
  return new Map([...rows].map(([, file = "", kind = ""]) => [file, kind as EndpointKind]));
}

export function routeFiles(): readonly string[] {
  return readdirSync("app/routes")
    .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
    .sort();
}

/** The address of a flat route: dots are slashes, a trailing underscore opts out of nesting, $x is a parameter. */
export function addressOf(file: string): string {
  const parts = file
    .replace(/\.tsx?$/, "")
    .split(".")
    .filter((part) => !part.startsWith("_"))
    .map((part) => part.replace(/_$/, ""))
    .map((part) => (part.startsWith("$") ? "1" : part));
  return `/${parts.join("/")}`;
}

/** Bodies of the exported `loader` and `action` of a route file, as source text. */
export function handlersOf(file: string): readonly { readonly name: string; readonly body: string }[] {
  const source = readFileSync(`app/routes/${file}`, "utf8");
  const functions = source.matchAll(
    /^export (?:async )?function (loader|action)\([\s\S]*?\)[^{]*\{\n([\s\S]*?)^\}/gm,
  );
  return [...functions].map(([, name = "", body = ""]) => ({ name, body }));
}

/** How many handlers of the server a route file exports, in whatever form; what runs in the browser is no endpoint. */
export function handlerCount(file: string): number {
  const source = readFileSync(`app/routes/${file}`, "utf8");
  return [...source.matchAll(/export (?:async function|function|const|let|\{[^}]*\b)\s*(?:loader|action)\b/g)]
    .length;
}
