import type { Described } from "./describe-statement.ts";
import type { Statement } from "./find-statements.ts";

/** What the database client makes of each type of the database. */
const READ: Readonly<Record<string, string>> = {
  bool: "boolean",
  int2: "number",
  int4: "number",
  int8: "bigint",
  float4: "number",
  float8: "number",
  numeric: "Decimal",
  text: "string",
  varchar: "string",
  bpchar: "string",
  uuid: "string",
  timestamptz: "Date",
  timestamp: "Date",
  date: "Date",
};

/** What may be handed over where the statement takes each type. */
const GIVEN: Readonly<Record<string, readonly string[]>> = {
  bool: ["boolean"],
  int2: ["number"],
  int4: ["number"],
  // Row IDs that were texts on their way, such as in a notification or an address.
  int8: ["bigint", "number", "string"],
  float8: ["number"],
  numeric: ["number", "string", "Decimal"],
  text: ["string"],
  varchar: ["string"],
  uuid: ["string"],
  // The client writes a text as it is, and these read it.
  jsonb: ["string"],
  json: ["string"],
  date: ["string", "Date"],
  timestamptz: ["Date"],
};

/** What a statement declares that the server says otherwise, a line each. */
export function differences(
  statement: Statement,
  text: { readonly values: readonly (readonly string[])[] },
  described: Described,
): readonly string[] {
  return [...wrongColumns(statement, described), ...wrongValues(text.values, described.parameters)].map(
    (line) => `${statement.place} ${line}`,
  );
}

function wrongColumns({ row }: Statement, { columns }: Described): readonly string[] {
  if (!row) return [];
  const lines: string[] = [];
  for (const { name } of columns)
    if (!row.some((each) => each.name === name)) lines.push(`reads "${name}", which no type declares`);
  for (const { name, types } of row) {
    const column = columns.find((each) => each.name === name);
    if (!column) lines.push(`declares "${name}", which is not read`);
    else if (!fits(column.type, types))
      lines.push(`declares "${name}" as ${types.join(" | ")}, and it is ${column.type}`);
  }
  return lines;
}

function fits(type: string, words: readonly string[]): boolean {
  const own = words.filter((word) => word !== "null");
  if (own.length === 0 || own.includes("unknown")) return true;
  if (type === "jsonb" || type === "json") return true;
  if (type.startsWith("_")) return own.every((word) => word === "array");
  return own.every((word) => word === READ[type]);
}

function wrongValues(
  values: readonly (readonly string[])[],
  parameters: readonly string[],
): readonly string[] {
  return values.flatMap((words, index) => {
    const type = parameters[index] ?? "nothing";
    const own = words.filter((word) => word !== "null" && word !== "undefined");
    const allowed = type.startsWith("_") ? ["array"] : (GIVEN[type] ?? []);
    return own.every((word) => allowed.includes(word))
      ? []
      : [`hands over ${words.join(" | ")} as $${index + 1}, which is ${type}`];
  });
}
