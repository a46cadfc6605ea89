/** `npm run bench [-- NAME …]`: runs bench/NAME.ts, or all of them; each ends with one JSON line. */
import { readdirSync } from "node:fs";
import path from "node:path";
import process from "node:process";

const folder = path.resolve("bench");
const known = readdirSync(folder)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3))
  .sort();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no benchmark ${unknown.join(", ")}. Known: ${known.join(", ")}.\n`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : known) {
  const bench = (await import(path.join(folder, `${name}.ts`))) as { run: () => Promise<object> };
  console.log(JSON.stringify({ bench: name, ...(await bench.run()) }));
}
