import { globSync, readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

/** Areas of the catalogue that do not come with every page, by the module that adds them. */
const AREA_MODULES = new Map(
  globSync("app/texts/areas/*.ts").map((file) => [
    path.basename(file, ".ts").replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
    file,
  ]),
);

/** Areas whose texts a source file names without loading them: its page would show their names instead. */
export function findAreasMissing(file: string): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2024, true);
  const named = new Set<string>();
  const loaded = new Set<string>();
  const walk = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
      loaded.add(path.join(path.dirname(file), node.moduleSpecifier.text));
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) {
      const [, area = ""] = /^([a-zA-Z]+)\.[a-zA-Z]*/.exec(node.text) ?? [];
      if (AREA_MODULES.has(area)) named.add(area);
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
  return [...named].filter((area) => !loaded.has(AREA_MODULES.get(area) ?? ""));
}
