import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";

import { parse } from "yaml";
import { z } from "zod";
import { describe, expect, it } from "vitest";

import { createMetrics } from "#app/platform/process/metrics.server.ts";

import { readDockerfile } from "../../scripts/smoke/read-dockerfile.ts";

const RULES = z
  .object({
    groups: z.array(
      z.object({
        rules: z.array(
          z.object({
            alert: z.string(),
            expr: z.string(),
            annotations: z.object({ summary: z.string(), runbook: z.string() }),
          }),
        ),
      }),
    ),
  })
  .parse(parse(readFileSync("docs/operation/alerts.yml", "utf8")))
  .groups.flatMap(({ rules }) => rules);
const PANELS = z
  .object({
    panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
  })
  .parse(JSON.parse(readFileSync("docs/operation/grafana.json", "utf8"))).panels;
const GUIDE = readFileSync("docs/operation.md", "utf8");

async function exportedNames(): Promise<ReadonlySet<string>> {
  const metrics = createMetrics();
  metrics.collectDefaults();
  metrics.watchDatabase(() => Promise.resolve({ queued: 0, oldestSeconds: 0 }));
  const described = await metrics.registry.getMetricsAsJSON();
  return new Set(
    described.flatMap(({ name, type }) =>
      String(type) === "histogram" ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
}

/** Names of metrics in an expression of PromQL. */
function namesIn(expression: string): readonly string[] {
  return expression.match(/\b(?:tandem|nodejs|process)_[a-z0-9_]+/g) ?? [];
}

describe("what operators import", () => {
  it("asks for metrics that the app exports", async () => {
    const exported = await exportedNames();
    const asked = [
      ...RULES.map(({ expr }) => expr),
      ...PANELS.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ];
    expect(asked.length).toBeGreaterThan(20);
    for (const expression of asked) {
      expect(namesIn(expression), expression).not.toEqual([]);
      for (const name of namesIn(expression)) expect([...exported], expression).toContain(name);
    }
  });

  it("names a section of the guide in every alert", () => {
    for (const { annotations } of RULES) {
      const [, section = ""] = /^docs\/operation\.md, "(.+)"$/.exec(annotations.runbook) ?? [];
      expect(GUIDE).toMatch(new RegExp(`^### ${section}$`, "m"));
    }
  });

  it("lists every metric of ours in the guide, and no other", async () => {
    const ours = [...(await exportedNames())].filter((name) =>
      /^tandem_(?!.*_(bucket|sum|count)$)/.test(name),
    );
    const listed = [...GUIDE.matchAll(/^\| `(tandem_\w+)`/gm)].map(([, name]) => name);
    expect(listed.toSorted()).toEqual(ours.toSorted());
  });
});

describe("the image", () => {
  it("is made by steps that `npm run smoke` can follow, and runs as somebody without rights", () => {
    const text = readFileSync("Dockerfile", "utf8");
    const file = readDockerfile(text);
    expect(file.build.filter(({ kind }) => kind === "run")).toEqual([
      { kind: "run", command: "npm ci --no-audit --no-fund" },
      { kind: "run", command: "npm run build" },
      { kind: "run", command: "npm prune --omit=dev --no-audit --no-fund" },
    ]);
    expect(file.copies.map(({ to }) => to)).toEqual([
      "./package.json",
      "./node_modules",
      "./build",
      "./prisma/migrations",
    ]);
    expect(text).toMatch(/^USER node$/m);
  });

  it("is what compose.yaml starts, as web and as worker", () => {
    const { services } = z
      .object({
        services: z.record(
          z.string(),
          z.object({ image: z.string(), command: z.array(z.string()).optional() }),
        ),
      })
      .parse(parse(readFileSync("compose.yaml", "utf8"), { merge: true }));
    expect(Object.keys(services)).toEqual(["database", "web", "worker"]);
    expect(services["web"]?.image).toBe(services["worker"]?.image);
    const command = readDockerfile(readFileSync("Dockerfile", "utf8")).command;
    expect(services["worker"]?.command).toEqual([...command, "--worker"]);
  });
});

describe("documents", () => {
  const DOCUMENTS = globSync(["*.md", "docs/**/*.md", "sandbox/**/*.md"]);
  const scripts = Object.keys(
    z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync("package.json", "utf8"))).scripts,
  );

  it.each(DOCUMENTS)("%s links to files that are there", (document) => {
    const text = readFileSync(document, "utf8");
    for (const [, target = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(?:https?:|mailto:|#)/.test(target)) continue;
      const [file = ""] = target.split("#");
      expect(existsSync(path.join(path.dirname(document), file)), target).toBe(true);
    }
  });

  it("are all to be found from README.md", () => {
    const readme = readFileSync("README.md", "utf8");
    for (const document of globSync("docs/*.md")) expect(readme).toContain(`](${document})`);
  });

  it.each(DOCUMENTS)("%s names commands that are there", (document) => {
    const text = readFileSync(document, "utf8");
    for (const [, name = ""] of text.matchAll(/`npm run ([a-z][\w:-]*)/g))
      expect(scripts, document).toContain(name);
    for (const [, name = ""] of text.matchAll(/npm run bench -- ([a-z][\w-]*)/g))
      expect(existsSync(`bench/${name}.ts`), name).toBe(true);
    for (const [, name = ""] of text.matchAll(/npm run drill -- ([a-z][\w-]*)/g))
      expect(existsSync(`tests/drill/drills/${name}.ts`), name).toBe(true);
  });
});
