import path from "node:path";

import ts from "typescript";

import { createRenderer, type GivenTexts, Unresolved } from "./render-statement.ts";

/** A column as the code declares it: the words of its type, `null` among them where it may be missing. */
export interface DeclaredColumn {
  readonly name: string;
  readonly types: readonly string[];
}

export interface Statement {
  /** `app/file.ts:12` */
  readonly place: string;
  /** Every text that the statement can have, with `$1`, `$2` where values go. */
  readonly texts: readonly { readonly sql: string; readonly values: readonly (readonly string[])[] }[];
  /** What the rows are declared to be; undefined: the statement gives none, or nobody reads them. */
  readonly row: readonly DeclaredColumn[] | undefined;
}

export interface Found {
  readonly statements: readonly Statement[];
  /** Statements whose text depends on what cannot be told from the source. */
  readonly unresolved: readonly string[];
  /** Fragments that no statement was found to use: conditions that are handed over in an object. */
  readonly unused: readonly Statement[];
}

/**
 * Finds each raw statement below `folder` and every text that it can have: conditions are followed both ways, and
 * fragments into the functions and constants that make them.
 *
 * @param given texts of `Prisma.raw`, and fragments that are handed over in an object, by how the source words them
 */
export function findStatements(folder: string, given: GivenTexts): Found {
  const config = ts.readConfigFile("tsconfig.json", (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ".");
  const files = ts.sys.readDirectory(folder, [".ts"], ["**/*.test.ts"]);
  const program = ts.createProgram(files, { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const renderer = createRenderer(checker, given);
  const statements: Statement[] = [];
  const unresolved: string[] = [];
  const fragments: ts.TaggedTemplateExpression[] = [];
  for (const file of files) {
    const source = program.getSourceFile(path.resolve(file));
    if (source) visit(source);
  }
  const unused = fragments.filter((each) => !renderer.isUsed(each)).flatMap((each) => written(each, false));
  return { statements, unresolved, unused };

  function visit(node: ts.Node): void {
    if (ts.isTaggedTemplateExpression(node)) {
      const tag = node.tag.getText();
      if (/\$(queryRaw|executeRaw)$/.test(tag)) statements.push(...written(node, tag.endsWith("$queryRaw")));
      else if (tag === "Prisma.sql") fragments.push(node);
    }
    ts.forEachChild(node, visit);
  }

  function written(node: ts.TaggedTemplateExpression, hasRows: boolean): readonly Statement[] {
    try {
      const row = hasRows ? rowOf(checker, node) : undefined;
      return [{ place: placeOf(node), texts: renderer.allTexts(node), row }];
    } catch (error) {
      if (!(error instanceof Unresolved)) throw error;
      unresolved.push(`${placeOf(node)} ${error.message}`);
      return [];
    }
  }
}

export function placeOf(node: ts.Node): string {
  const source = node.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(node.getStart());
  return `${path.relative(process.cwd(), source.fileName)}:${line + 1}`;
}

function rowOf(
  checker: ts.TypeChecker,
  node: ts.TaggedTemplateExpression,
): readonly DeclaredColumn[] | undefined {
  const [argument] = node.typeArguments ?? [];
  if (!argument) return undefined;
  const element = checker.getIndexTypeOfType(checker.getTypeFromTypeNode(argument), ts.IndexKind.Number);
  if (!element) return undefined;
  const members = element.isUnion() ? element.types : [element];
  const columns = new Map<string, Set<string>>();
  for (const member of members)
    for (const property of checker.getPropertiesOfType(member)) {
      const words = columns.get(property.name) ?? new Set();
      for (const word of wordsOf(checker, checker.getTypeOfSymbol(property))) words.add(word);
      columns.set(property.name, words);
    }
  return [...columns].map(([name, words]) => ({ name, types: [...words].sort() }));
}

/** A type as words that can be compared with the database's: `string`, `bigint`, `Date`, `null`, `array` and so on. */
export function wordsOf(checker: ts.TypeChecker, type: ts.Type): readonly string[] {
  if (type.isUnion()) return [...new Set(type.types.flatMap((each) => wordsOf(checker, each)))];
  const flags = type.flags;
  if (flags & ts.TypeFlags.StringLike) return ["string"];
  if (flags & ts.TypeFlags.NumberLike) return ["number"];
  if (flags & ts.TypeFlags.BigIntLike) return ["bigint"];
  if (flags & ts.TypeFlags.BooleanLike) return ["boolean"];
  if (flags & ts.TypeFlags.Null) return ["null"];
  if (flags & ts.TypeFlags.Undefined) return ["undefined"];
  if (flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) return ["unknown"];
  if (type.isIntersection()) return wordsOf(checker, type.types[0] ?? type);
  if (checker.isArrayType(type) || checker.isTupleType(type)) return ["array"];
  const name = type.getSymbol()?.name ?? "";
  return [["Date", "Decimal", "Uint8Array", "Buffer"].includes(name) ? name : "object"];
}
