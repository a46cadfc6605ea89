import { readFileSync } from "node:fs";

import ts from "typescript";

/** Attributes and fields whose text a merchant reads or hears. */
const READ_ALOUD = new Set([
  "accessibilityLabel",
  "aria-label",
  "content",
  "description",
  "error",
  "heading",
  "helpText",
  "label",
  "long",
  "name",
  "note",
  "placeholder",
  "question",
  "requiredIndicatorLabel",
  "short",
  "subtitle",
  "suffix",
  "text",
  "title",
]);

/**
 * Sentences and words in a source file that a merchant would read but that do not come from the catalogue: text between
 * tags, and literals of two words or more, or with a capital first, where such a text is shown.
 */
export function findTextsOutside(file: string): readonly string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, "utf8"),
    ts.ScriptTarget.ES2024,
    true,
    file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const found: string[] = [];
  const take = (node: ts.Node, text: string) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.push(`${file}:${line + 1} ${text.trim().replaceAll(/\s+/g, " ").slice(0, 80)}`);
  };
  const walk = (node: ts.Node): void => {
    if (ts.isJsxText(node) && /\p{L}{2}/u.test(node.text)) take(node, node.text);
    if (isLiteral(node) && isShown(node)) take(node, node.getText(source));
    ts.forEachChild(node, walk);
  };
  walk(source);
  return found;
}

type Literal = ts.StringLiteral | ts.NoSubstitutionTemplateLiteral | ts.TemplateExpression;

function isLiteral(node: ts.Node): node is Literal {
  return (
    ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)
  );
}

/** Attributes and fields whose text of several words is for the machine. */
const FOR_THE_MACHINE =
  /^(className|style|rel|content-type|content-disposition|cache-control|sizes|media|srcSet|d|points|transform|viewBox|strokeDasharray|gridTemplateColumns|fontFamily|padding|margin|border|left|right|accept|autoComplete|font|src|href|url|path|action|aria-controls|aria-labelledby|aria-describedby|data-.*)$/;

/** A literal's own words; what is filled in stands as {}. */
function wordsOf(node: Literal): string {
  if (!ts.isTemplateExpression(node)) return node.text;
  return [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join("{}");
}

function isShown(node: Literal): boolean {
  const text = wordsOf(node);
  const isSentence =
    /\p{L}{2}[,;:.]?[^\S\n]+(?:\p{L}|\{\})/u.test(text) || /(?:\p{L}|\{\})[^\S\n]+\p{L}{2}/u.test(text);
  if (!isSentence && !/^\p{Lu}\p{Ll}/u.test(text)) return false;
  for (let each = node.parent; each; each = each.parent) {
    if (ts.isImportDeclaration(each) || ts.isExportDeclaration(each) || ts.isTypeNode(each)) return false;
    if (ts.isJsxAttribute(each) || ts.isPropertyAssignment(each)) {
      const name = each.name.getText().replaceAll(/["']/g, "");
      if (READ_ALOUD.has(name)) return true;
      if (FOR_THE_MACHINE.test(name)) return false;
      if (isSentence) return true;
      return false;
    }
    if (ts.isJsxExpression(each) && !ts.isJsxAttribute(each.parent)) return true;
    if (
      (ts.isCallExpression(each) || ts.isNewExpression(each)) &&
      /(^|\.)(t|say|sayText|includes|error|warn|info|Error)$/.test(each.expression.getText())
    )
      return false;
    if (ts.isTaggedTemplateExpression(each)) return false;
    if (ts.isStatement(each)) return isSentence || ts.isReturnStatement(each) || ts.isVariableStatement(each);
  }
  return false;
}
