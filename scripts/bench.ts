/**
 * `npm run bench [-- NAME [NUMBER …] …]`: runs bench/NAME.ts, or all of them; each ends with one JSON line. Numbers after a
 * name go to that benchmark: `growth 10000 1000000`.
 */
import { readdirSync } from "node:fs";
import path from "node:path";

import { obeyCommand } from "./command-line/read-command.ts";

const folder = path.resolve("bench");
const known = readdirSync(folder)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3))
  .sort();
const { words } = obeyCommand({
  typed: "npm run bench",
  does: "Measures; each benchmark ends with one JSON line.",
  takes: "from seconds (mapping, extensions) to some minutes each; growth at ten million orders takes hours",
  words: {
    form: "[name...]",
    does: "benchmarks, each with its numbers behind it (growth 10000 1000000); all of them without a name",
    known,
    numbers: true,
  },
});
const wanted: { readonly name: string; readonly numbers: number[] }[] = [];
for (const word of words) {
  const last = wanted.at(-1);
  if (/^\d+$/.test(word) && last) last.numbers.push(Number(word));
  else wanted.push({ name: word, numbers: [] });
}
const all = known.map((name) => ({ name, numbers: [] }));
for (const { name, numbers } of wanted.length > 0 ? wanted : all) {
  const bench = (await import(path.join(folder, `${name}.ts`))) as {
    run: (numbers?: readonly number[]) => Promise<object>;
  };
  console.log(JSON.stringify({ bench: name, ...(await bench.run(numbers)) }));
}
