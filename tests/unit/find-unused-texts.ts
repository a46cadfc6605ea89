import { readFileSync } from "node:fs";

import ts from "typescript";

/**
 * Names of the catalogue that no source file writes: neither whole, nor as a template whose gaps could make it. A plural's
 * endings (`_one`, `_other`) are put on by the catalogue itself.
 */
export function findUnusedTexts(names: readonly string[], files: readonly string[]): readonly string[] {
  const written = new Set<string>();
  const templates: RegExp[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) written.add(node.text);
    if (ts.isTemplateExpression(node) && /^[a-zA-Z]+\./.test(node.head.text)) templates.push(patternOf(node));
    ts.forEachChild(node, walk);
  };
  for (const file of files) {
    const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    walk(ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2024, false, kind));
  }
  return names.filter((name) => {
    const base = name.replace(/_(one|other)$/, "");
    return !written.has(base) && !templates.some((each) => each.test(base));
  });
}

function patternOf(node: ts.TemplateExpression): RegExp {
  const parts = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  return new RegExp(`^${parts.map((part) => part.replaceAll(".", "\\.")).join("[A-Za-z0-9_]+")}$`);
}
