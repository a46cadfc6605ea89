import { readFileSync } from "node:fs";

/** Columns by table, as docs/data-map.md lists them; each needs a reason, a time and a reader. */
export function readDataMap(): { columns: Record<string, string[]>; incomplete: string[] } {
  const columns: Record<string, string[]> = {};
  const incomplete: string[] = [];
  let table = "";
  for (const line of readFileSync("docs/data-map.md", "utf8").split("\n")) {
    const heading = /^## (\w+)$/.exec(line)?.[1];
    if (line.startsWith("## ")) table = heading ?? "";
    if (!table || !/^\| [a-z]/.test(line)) continue;
    const [names = "", ...cells] = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (cells.length !== 3 || cells.some((cell) => cell === "")) incomplete.push(line);
    (columns[table] ??= []).push(
      ...names
        .replaceAll("†", "")
        .split(",")
        .map((name) => name.trim()),
    );
  }
  return { columns, incomplete };
}

/** Columns by table, as prisma/schema.prisma declares them. */
export function readSchema(): Record<string, string[]> {
  const scalars = new Set([
    "String",
    "BigInt",
    "Int",
    "Boolean",
    "DateTime",
    "Json",
    "Decimal",
    "Float",
    "Bytes",
  ]);
  const columns: Record<string, string[]> = {};
  const schema = readFileSync("prisma/schema.prisma", "utf8");
  for (const [, body = ""] of schema.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)) {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? "?";
    columns[table] = [...body.matchAll(/^ +(\w+) +(\w+)(?:\[\]|\?)?(.*)$/gm)].flatMap(
      ([, name = "", type = "", rest = ""]) =>
        scalars.has(type) ? [/@map\("(\w+)"\)/.exec(rest)?.[1] ?? name] : [],
    );
  }
  return columns;
}

/** The same whatever the order. */
export function sorted(columns: Record<string, string[]>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(columns)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([table, names]) => [table, [...names].sort()]),
  );
}
