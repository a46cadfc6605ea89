import ts from "typescript";

import { placeOf, wordsOf } from "./find-statements.ts";

/** The source does not say what a part of a statement is. */
export class Unresolved extends Error {}

/** A way that the code cannot go: the database client refuses to join nothing, so the code has asked before. */
class NoSuchWay extends Error {}

export type GivenTexts = Readonly<Record<string, string>>;

interface Text {
  readonly sql: string;
  readonly values: readonly (readonly string[])[];
}

/** One way through the conditions of a statement: which branch each of them takes. */
type Choose = (condition: string, branches: number) => number;

/** What the parameters of the function that is being followed stand for. */
type Scope = ReadonlyMap<ts.Symbol, Part>;
type Part = readonly (string | { readonly value: readonly string[] })[];

/** Writes statements out as the database gets them, from their source. */
export function createRenderer(checker: ts.TypeChecker, given: GivenTexts) {
  const used = new Set<ts.Node>();

  /** Every branch of every condition is taken at least once, alone and beside the others' last ones. */
  function allTexts(node: ts.TaggedTemplateExpression): readonly Text[] {
    const branches = new Map<string, number>();
    const render = (pick: Choose): Text => {
      const choose: Choose = (condition, count) => {
        branches.set(condition, count);
        return Math.min(pick(condition, count), count - 1);
      };
      return numbered(template(node.template, choose, new Map()));
    };
    const texts = new Map<string, Text>();
    const add = (pick: Choose) => {
      try {
        const text = render(pick);
        texts.set(text.sql, text);
      } catch (error) {
        if (!(error instanceof NoSuchWay)) throw error;
      }
    };
    add(() => 0);
    add(() => Infinity);
    for (let known = -1; known !== branches.size;) {
      known = branches.size;
      for (const [condition, count] of [...branches])
        for (let branch = 0; branch < count; branch += 1)
          for (const others of [0, Infinity]) add((each) => (each === condition ? branch : others));
    }
    return [...texts.values()];
  }

  function template(node: ts.TemplateLiteral, choose: Choose, scope: Scope): Part {
    if (ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
    return [
      node.head.text,
      ...node.templateSpans.flatMap((span): Part => [
        ...part(span.expression, choose, scope),
        span.literal.text,
      ]),
    ];
  }

  /** A part of a statement: a fragment's text, or a value that is handed over beside the text. */
  function part(node: ts.Expression, choose: Choose, scope: Scope): Part {
    const known = given[node.getText()];
    if (known !== undefined) return [known];
    if (!isFragment(checker.getTypeAtLocation(node)))
      return [{ value: wordsOf(checker, checker.getTypeAtLocation(node)) }];
    if (ts.isParenthesizedExpression(node)) return part(node.expression, choose, scope);
    if (ts.isConditionalExpression(node)) {
      const branch = choose(keyOf(node.condition), 2) === 0 ? node.whenTrue : node.whenFalse;
      return part(branch, choose, scope);
    }
    if (ts.isTaggedTemplateExpression(node)) {
      used.add(node);
      return template(node.template, choose, scope);
    }
    if (node.getText() === "Prisma.empty") return [""];
    if (ts.isIdentifier(node)) return named(node, choose, scope);
    if (ts.isCallExpression(node)) return called(node, choose, scope);
    throw new Unresolved(`"${node.getText()}"`);
  }

  function named(node: ts.Identifier, choose: Choose, scope: Scope): Part {
    const symbol = resolve(node);
    const bound = symbol && scope.get(symbol);
    if (bound) return bound;
    const declaration = symbol?.valueDeclaration;
    if (declaration && ts.isVariableDeclaration(declaration) && declaration.initializer)
      return part(declaration.initializer, choose, scope);
    const element = declaration && elementOf(declaration);
    if (element) return part(element, choose, scope);
    throw new Unresolved(`"${node.getText()}"`);
  }

  function called(node: ts.CallExpression, choose: Choose, scope: Scope): Part {
    const name = node.expression.getText();
    const [first, second] = node.arguments;
    if (name === "Prisma.raw" && first) return [rawText(first)];
    if (name === "Prisma.join" && first) return join(first, second, choose, scope);
    const { returned, inner } = follow(node, choose, scope);
    return part(returned, choose, inner);
  }

  /** One of the expressions that a function of ours returns, and what its parameters stand for. */
  function follow(node: ts.CallExpression, choose: Choose, scope: Scope) {
    const name = node.expression.getText();
    const declaration = ts.isIdentifier(node.expression)
      ? resolve(node.expression)?.valueDeclaration
      : undefined;
    if (!declaration || !ts.isFunctionDeclaration(declaration) || !declaration.body)
      throw new Unresolved(`"${name}()"`);
    const inner = new Map(scope);
    declaration.parameters.forEach((parameter, index) => {
      const argument = node.arguments[index];
      const symbol = checker.getSymbolAtLocation(parameter.name);
      if (argument && symbol && isFragment(checker.getTypeAtLocation(argument)))
        inner.set(symbol, part(argument, choose, scope));
    });
    const all = returnsOf(declaration.body);
    const returned = all[choose(`${name}()`, all.length)];
    if (!returned) throw new Unresolved(`"${name}()" returns nothing`);
    return { returned, inner };
  }

  function join(
    list: ts.Expression,
    separator: ts.Expression | undefined,
    choose: Choose,
    scope: Scope,
  ): Part {
    const between = separator && ts.isStringLiteralLike(separator) ? separator.text : ", ";
    const all = elements(list, choose, scope);
    if (all.length === 0) throw new NoSuchWay();
    return all.flatMap((each, index) => (index === 0 ? each : [between, ...each]));
  }

  /** The members of a list of fragments or of values; a list of unknown length has one. */
  function elements(list: ts.Expression, choose: Choose, scope: Scope): readonly Part[] {
    if (ts.isConditionalExpression(list))
      return elements(choose(keyOf(list.condition), 2) === 0 ? list.whenTrue : list.whenFalse, choose, scope);
    if (ts.isParenthesizedExpression(list)) return elements(list.expression, choose, scope);
    if (ts.isArrayLiteralExpression(list))
      return list.elements.flatMap((each) =>
        ts.isSpreadElement(each) ? elements(each.expression, choose, scope) : [part(each, choose, scope)],
      );
    const type = checker.getIndexTypeOfType(checker.getTypeAtLocation(list), ts.IndexKind.Number);
    if (type && !isFragment(type)) return [[{ value: wordsOf(checker, type) }]];
    if (ts.isIdentifier(list)) {
      const declaration = resolve(list)?.valueDeclaration;
      if (declaration && ts.isVariableDeclaration(declaration) && declaration.initializer)
        return elements(declaration.initializer, choose, scope);
    }
    if (ts.isCallExpression(list) && ts.isPropertyAccessExpression(list.expression)) {
      const [made] = list.arguments;
      if (list.expression.name.text === "map" && made && ts.isArrowFunction(made) && !ts.isBlock(made.body))
        return [part(made.body, choose, scope)];
    }
    if (ts.isCallExpression(list) && ts.isIdentifier(list.expression)) {
      const { returned, inner } = follow(list, choose, scope);
      return elements(returned, choose, inner);
    }
    throw new Unresolved(`"${list.getText()}"`);
  }

  function rawText(node: ts.Expression): string {
    if (ts.isStringLiteralLike(node)) return node.text;
    const known = (each: ts.Expression) => {
      const text = given[each.getText()];
      if (text === undefined) throw new Unresolved(`"${each.getText()}"`);
      return text;
    };
    if (!ts.isTemplateExpression(node)) return known(node);
    return (
      node.head.text + node.templateSpans.map((span) => known(span.expression) + span.literal.text).join("")
    );
  }

  function resolve(node: ts.Identifier): ts.Symbol | undefined {
    const symbol = checker.getSymbolAtLocation(node);
    return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  }

  return { allTexts, isUsed: (node: ts.Node) => used.has(node) };
}

/** The same condition within one file takes the same branch everywhere; its opposite is another condition. */
function keyOf(condition: ts.Expression): string {
  return `${placeOf(condition).split(":")[0]} ${condition.getText()}`;
}

function isFragment(type: ts.Type): boolean {
  return type.isUnion() ? type.types.some(isFragment) : type.getSymbol()?.name === "Sql";
}

/** `const [one, other] = [first, second]`: the expression that the name stands for. */
function elementOf(declaration: ts.Node): ts.Expression | undefined {
  if (!ts.isBindingElement(declaration) || !ts.isArrayBindingPattern(declaration.parent)) return undefined;
  const list = declaration.parent.parent;
  if (!ts.isVariableDeclaration(list) || !list.initializer || !ts.isArrayLiteralExpression(list.initializer))
    return undefined;
  return list.initializer.elements[declaration.parent.elements.indexOf(declaration)];
}

function returnsOf(body: ts.Node): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression && node.expression.kind !== ts.SyntaxKind.NullKeyword)
      found.push(node.expression);
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return found;
}

function numbered(part: Part): Text {
  const values: (readonly string[])[] = [];
  const sql = part
    .map((each) => {
      if (typeof each === "string") return each;
      values.push(each.value);
      return `$${values.length}`;
    })
    .join("");
  return { sql, values };
}
