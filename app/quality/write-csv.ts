/**
 * Where a spreadsheet takes what follows for a formula: at the beginning of a cell, and after whatever it may read as the
 * end of one (where lists are written with semicolons, a comma's quotes mean nothing). Spaces before the sign count as
 * nothing, since many programs trim a cell before they read it; so do invisible characters.
 */
const BEFORE_FORMULA =
  /(?<=^|[";\t\r\n])(?=[\t\r\n]|(?:(?![\t\r\n])[\s\p{Cf}])*[=+\-@＝＋－＠])|(?<=,)(?=[=+\-@\t\r\n＝＋－＠])/gu;

export type CsvCell = string | number | null | { readonly amount: number; readonly decimals: number };

/**
 * One line of CSV (RFC 4180), ended by CRLF. A text that a spreadsheet would run gets an apostrophe before it, as OWASP
 * advises; numbers are left as they are.
 */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

function cell(value: CsvCell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "object") return value.amount.toFixed(value.decimals);
  const safe = value.replace(BEFORE_FORMULA, "'");
  return /[",;\t\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
