/**
 * The slice of TOML that Shopify's configuration files are written in: tables, arrays of tables, bare and dotted names,
 * strings, numbers, booleans, arrays (over several lines) and inline tables. Anything else is an error, not a guess.
 */
export type TomlValue = string | number | boolean | TomlValue[] | TomlTable;
export interface TomlTable {
  [name: string]: TomlValue;
}

export const asTable = (value: TomlValue | undefined): TomlTable =>
  typeof value === "object" && !Array.isArray(value) ? value : {};
export const asList = (value: TomlValue | undefined): TomlValue[] => (Array.isArray(value) ? value : []);
export const asText = (value: TomlValue | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

class Cursor {
  #at = 0;
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }

  fail(what: string): never {
    const line = this.#text.slice(0, this.#at).split("\n").length;
    throw new Error(`TOML line ${line}: ${what}`);
  }

  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Skips blanks, newlines and comments. */
  space(): void {
    this.take(/(?:\s|#[^\n]*)+/y);
  }

  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (!match) return undefined;
    this.#at = pattern.lastIndex;
    return match[0];
  }

  expect(mark: string): void {
    if (!this.#text.startsWith(mark, this.#at)) this.fail(`expected ${mark}`);
    this.#at += mark.length;
  }

  has(mark: string): boolean {
    if (!this.#text.startsWith(mark, this.#at)) return false;
    this.#at += mark.length;
    return true;
  }
}

function readName(cursor: Cursor): string[] {
  const names: string[] = [];
  do {
    const quoted = cursor.take(/\s*"[^"\n]*"\s*/y);
    const name = quoted ?? cursor.take(/\s*[A-Za-z0-9_-]+\s*/y);
    if (name === undefined) cursor.fail("expected a name");
    names.push(name.trim().replace(/^"|"$/g, ""));
  } while (cursor.has("."));
  return names;
}

function readValue(cursor: Cursor): TomlValue {
  const basic = cursor.take(/"(?:[^"\\\n]|\\.)*"/y);
  if (basic !== undefined) return JSON.parse(basic) as string;
  const literal = cursor.take(/'[^'\n]*'/y);
  if (literal !== undefined) return literal.slice(1, -1);
  const word = cursor.take(/true|false/y);
  if (word !== undefined) return word === "true";
  const number = cursor.take(/-?\d[\d_]*(?:\.\d+)?/y);
  if (number !== undefined) return Number(number.replaceAll("_", ""));
  if (cursor.has("[")) {
    const list: TomlValue[] = [];
    for (cursor.space(); !cursor.has("]"); cursor.space()) {
      list.push(readValue(cursor));
      cursor.space();
      if (!cursor.has(",")) {
        cursor.expect("]");
        break;
      }
    }
    return list;
  }
  if (cursor.has("{")) {
    const table: TomlTable = {};
    for (cursor.space(); !cursor.has("}"); cursor.space()) {
      readPair(cursor, table);
      cursor.space();
      if (!cursor.has(",")) {
        cursor.expect("}");
        break;
      }
    }
    return table;
  }
  return cursor.fail("unknown kind of value");
}

function readPair(cursor: Cursor, table: TomlTable): void {
  const names = readName(cursor);
  const last = names.pop() ?? "";
  cursor.expect("=");
  cursor.take(/[ \t]+/y);
  descend(table, names)[last] = readValue(cursor);
}

/** The table under `names`; of an array of tables, its newest. */
function descend(root: TomlTable, names: readonly string[]): TomlTable {
  let table = root;
  for (const name of names) {
    const here = (table[name] ??= {});
    table = asTable(Array.isArray(here) ? here.at(-1) : here);
  }
  return table;
}

export function readToml(text: string): TomlTable {
  const cursor = new Cursor(text);
  const root: TomlTable = {};
  let current = root;
  for (cursor.space(); !cursor.done; cursor.space()) {
    if (cursor.has("[[")) {
      const names = readName(cursor);
      cursor.expect("]]");
      const last = names.pop() ?? "";
      const parent = descend(root, names);
      current = {};
      parent[last] = [...asList(parent[last]), current];
    } else if (cursor.has("[")) {
      const names = readName(cursor);
      cursor.expect("]");
      current = descend(root, names);
    } else {
      readPair(cursor, current);
    }
  }
  return root;
}
