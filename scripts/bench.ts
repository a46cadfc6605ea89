/**
 * `npm run bench [-- NAME [NUMBER …] …]`: runs bench/NAME.ts, or all of them; each ends with one JSON line. Numbers after a
 * name go to that benchmark: `growth 10000 1000000`.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import process from "node:process";

const folder = path.resolve("bench");
const known = readdirSync(folder)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3))
  .sort();
const wanted: { readonly name: string; readonly numbers: number[] }[] = [];
for (const word of process.argv.slice(2)) {
  const last = wanted.at(-1);
  if (/^\d+$/.test(word) && last) last.numbers.push(Number(word));
  else wanted.push({ name: word, numbers: [] });
}
const unknown = wanted.filter(({ name }) => !known.includes(name)).map(({ name }) => name);
if (unknown.length > 0) {
  process.stderr.write(`There is no benchmark ${unknown.join(", ")}. Known: ${known.join(", ")}.\n`);
  process.exit(2);
}
const all = known.map((name) => ({ name, numbers: [] }));
for (const { name, numbers } of wanted.length > 0 ? wanted : all) {
  const bench = (await import(path.join(folder, `${name}.ts`))) as {
    run: (numbers?: readonly number[]) => Promise<object>;
  };
  console.log(JSON.stringify({ bench: name, ...(await bench.run(numbers)) }));
}
