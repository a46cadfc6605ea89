import { globSync, readFileSync } from "node:fs";

import ts from "typescript";

export interface SourcePattern {
  readonly file: string;
  readonly place: string;
  readonly pattern: RegExp;
}

/** Every regular expression that the app's code writes down, by the compiler's own reading. */
export function readPatterns(): readonly SourcePattern[] {
  const files = globSync("app/**/*.{ts,tsx}", { exclude: (name) => name.includes(".test.") }).sort();
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    const found: SourcePattern[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf("/");
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        found.push({
          file,
          place: `${file}:${line}`,
          pattern: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)),
        });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

/** What is repeated: single characters of each class, pairs that nearly match, pieces of what patterns look for. */
const UNITS = [
  ..."a1 ./-_@=&%:+\\\"'<{[(\n\t\u0000é漢",
  "a.",
  "a-",
  "a@",
  "1.",
  "1,",
  "1 ",
  " \n",
  "%41",
  "a=a&",
  "-eyJ",
  "eyJ.",
  "EAA",
  "/a",
  "//",
  "fb.1.",
  "€",
  "😀",
];

/** A pattern's own pieces make the texts that nearly match it. */
function unitsFor({ source }: RegExp): readonly string[] {
  const pieces = source.match(/[a-z0-9_=@:./ -]{2,40}/gi) ?? [];
  return [...new Set([...UNITS, ...pieces, ...pieces.map((piece) => `-${piece}`)])];
}

/** @param length of the text in characters, about */
function* hostileTexts(pattern: RegExp, length: number): Generator<string> {
  for (const unit of unitsFor(pattern)) {
    const run = unit.repeat(Math.ceil(length / unit.length));
    yield run;
    yield `${run}\u0001`;
    yield `x${run}!`;
  }
}

/** Processor milliseconds of this process: other processes of the machine do not count. */
function cost(pattern: RegExp, text: string): number {
  const everywhere = new RegExp(pattern.source, [...new Set(`${pattern.flags}g`)].join(""));
  const before = process.cpuUsage();
  text.replace(everywhere, "");
  pattern.lastIndex = 0;
  pattern.test(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Below this a time says nothing about growth. Milliseconds. */
const NOISE_MS = 60;
/** Four times the text may cost four times as much; sixteen times as much is a square. */
const MOST_GROWTH = 8;
/** A quarter at this cost or less: the whole stays within the noise even when the cost grows with the cube. Milliseconds. */
const CHEAP_MS = NOISE_MS / 4 ** 3;

/**
 * Runs a pattern on texts made to be expensive and compares the times of 25 kB and 100 kB.
 * @returns the beginning of a text whose cost grows faster than its length
 */
export function findSuperlinear(pattern: RegExp): string | undefined {
  // A sixteenth that takes longer than a quarter may, so that what grows with the square is found before it takes seconds.
  for (const text of hostileTexts(pattern, 6_250))
    if (cost(pattern, text) > NOISE_MS * 2 && cost(pattern, text) > NOISE_MS * 2) return text.slice(0, 30);
  const longer = hostileTexts(pattern, 100_000);
  for (const short of hostileTexts(pattern, 25_000)) {
    const long: string = longer.next().value ?? "";
    const former = cost(pattern, short);
    if (former <= CHEAP_MS) continue;
    // Where a quarter takes so long, the whole need not be tried to know.
    if (former > NOISE_MS * 2 && Math.min(former, cost(pattern, short)) > NOISE_MS * 2)
      return short.slice(0, 30);
    const now = cost(pattern, long);
    if (now <= NOISE_MS || now <= former * MOST_GROWTH) continue;
    // Once more, both: a pause of the collector is no growth.
    const again = Math.min(cost(pattern, long), now);
    if (again > NOISE_MS && again > Math.max(cost(pattern, short), former) * MOST_GROWTH)
      return long.slice(0, 30);
  }
  return undefined;
}

/** The most that a pattern costs on texts of a length that its caller makes sure of. Milliseconds. */
export function worstCost(pattern: RegExp, length: number): number {
  let worst = 0;
  for (const text of hostileTexts(pattern, length)) worst = Math.max(worst, cost(pattern, text));
  return worst;
}
