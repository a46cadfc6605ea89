/** `node scripts/list-decisions.ts`: writes docs/decisions/README.md, the index of all decisions by their titles; a test compares. */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const FOLDER = "docs/decisions";

/** The hundreds stand for areas; a decision keeps its number for good. */
const AREAS: readonly (readonly [first: number, title: string])[] = [
  [0, "Ground"],
  [100, "From order to event"],
  [200, "Delivery"],
  [300, "Pairing"],
  [400, "Pages"],
  [500, "Privacy"],
  [600, "Faults found in the field"],
  [700, "Limits, safety, speed"],
  [800, "Structure, audit, funnel, operation"],
];

export function decisionsPage(): string {
  const decisions = globSync(`${FOLDER}/[0-9]*.md`)
    .toSorted()
    .map((file) => {
      const [heading = ""] = readFileSync(file, "utf8").split("\n");
      const [, number = "", title = ""] = /^# (\d{4})(?: ·)? (.+)$/.exec(heading) ?? [];
      if (!number) throw new Error(`${file} has no heading such as "# 0123 · Title"`);
      return { file: path.basename(file), number, title };
    });
  const sections = AREAS.flatMap(([first, title], index) => {
    const next = AREAS[index + 1]?.[0] ?? 10_000;
    const here = decisions.filter(({ number }) => Number(number) >= first && Number(number) < next);
    if (here.length === 0) return [];
    return [
      `## ${title}`,
      "",
      ...here.map(({ file, number, title: name }) => `- [${number}](${file}) ${name}`),
      "",
    ];
  });
  return [
    "# Decisions",
    "",
    "What a reviewer would question, and why it is so. Written by `node scripts/list-decisions.ts`; a test compares.",
    "",
    ...sections,
  ].join("\n");
}

if (import.meta.main) writeFileSync(`${FOLDER}/README.md`, decisionsPage());
