/**
 * Where a spreadsheet takes what follows for a formula: at the beginning of a cell, and after whatever it may read as the
 * end of one (where lists are written with semicolons, a comma's quotes mean nothing).
 */
const BEFORE_FORMULA = /(?<=^|[",;\t\r\n])(?=[=+\-@\t\r\n＝＋－＠])/g;

/**
 * One line of CSV (RFC 4180), ended by CRLF. A text that a spreadsheet would run gets an apostrophe before it, as OWASP
 * advises; numbers are left as they are.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = value.replace(BEFORE_FORMULA, "'");
  return /[",;\t\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
