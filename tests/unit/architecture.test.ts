import { readFileSync, readdirSync } from "node:fs";

import { describe, expect, it } from "vitest";

const PAGE = readFileSync("docs/architecture.md", "utf8");
const pictures = [...PAGE.matchAll(/```mermaid\n([\s\S]*?)```/g)].map(([, text = ""]) =>
  text.trimEnd().split("\n"),
);

/** The part of Mermaid's grammar that the pictures keep to: what every renderer reads, and a person as text. */
const SEQUENCE =
  /^sequenceDiagram$|^ {4}(?:participant \w+(?: as [\w' ]+)?|\w+--?>>\w+: [^;#]+|Note over \w+: [^;#]+)$/;
const FLOW =
  /^flowchart TD$|^ {4}(?:\w+\["[^"]+"\]|(?:\w+|\w+\["[^"]+"\]) (?:-->|-\. "[^"]+" \.->) \w+(?:\["[^"]+"\])?)$/;

describe("the pictures of docs/architecture.md", () => {
  it("are two, in Mermaid's plainest forms", () => {
    expect(pictures.map(([first]) => first)).toEqual(["sequenceDiagram", "flowchart TD"]);
    const [sequence = [], flow = []] = pictures;
    expect(sequence.filter((line) => !SEQUENCE.test(line))).toEqual([]);
    expect(flow.filter((line) => !FLOW.test(line))).toEqual([]);
  });

  it("speak only of those whom they introduce", () => {
    const [sequence = []] = pictures;
    const known = sequence.flatMap((line) => /participant (\w+)/.exec(line)?.[1] ?? []);
    const named = sequence.flatMap((line) => /^ {4}(\w+)--?>>(\w+):/.exec(line)?.slice(1) ?? []);
    expect([...new Set(named)].toSorted()).toEqual(known.toSorted());
  });

  it("have every module of the app, in the order in which modules may import", () => {
    const flow = (pictures[1] ?? []).join("\n");
    const named = [...flow.matchAll(/\["([\w, ]+): /g)].flatMap(([, names = ""]) => names.split(", "));
    const folders = readdirSync("app", { withFileTypes: true }).flatMap((each) =>
      each.isDirectory() ? [each.name] : [],
    );
    const inside = named.filter((name) => folders.includes(name));
    expect(inside.toSorted()).toEqual(folders.toSorted());
    const [, list = ""] =
      /const MODULES = \[([\s\S]*?)\]/.exec(readFileSync(".dependency-cruiser.mjs", "utf8")) ?? [];
    expect(inside).toEqual([...list.matchAll(/"(\w+)"/g)].map(([, name]) => name));
  });
});
