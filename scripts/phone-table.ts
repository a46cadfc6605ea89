/**
 * `node scripts/phone-table.ts`: prints the table of docs/event-mapping.md that says how many spellings of Google's
 * example numbers are read right, not at all, or wrong. Takes a minute or two; a test holds the first rows.
 */
import { measureAbroad, measureOwnCountry, tableRow } from "../tests/orders/phones/measure.ts";

for (const measure of [measureOwnCountry, measureAbroad]) {
  for (const row of measure()) {
    console.log(tableRow(row));
    for (const example of row.examples) console.error(`  ${example}`);
  }
}
