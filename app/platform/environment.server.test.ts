import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { ENVIRONMENT_NAMES, readEnvironment } from "./environment.server.ts";

const COMPLETE = {
  SHOPIFY_API_KEY: "key",
  SHOPIFY_API_SECRET: "secret",
  SHOPIFY_APP_URL: "https://tandem.example.com/",
  APP_ENCRYPTION_KEY: "k",
};

const problemsOf = (variables: Record<string, string>) => {
  const outcome = readEnvironment({ ...COMPLETE, ...variables });
  return outcome.ok ? [] : outcome.problems;
};

describe("the environment", () => {
  it("takes a complete one, fills defaults in and drops the slash at the end of an address", () => {
    const outcome = readEnvironment(COMPLETE);
    expect(outcome.ok && outcome.environment).toMatchObject({
      SHOPIFY_APP_URL: "https://tandem.example.com",
      META_GRAPH_URL: "https://graph.facebook.com",
      WORKER: true,
      PORT: 3000,
      NODE_ENV: "production",
    });
  });

  it("names every missing variable", () => {
    const outcome = readEnvironment({});
    expect(outcome.ok ? [] : outcome.problems.map((problem) => problem.split(" ")[0])).toEqual([
      "SHOPIFY_API_KEY",
      "SHOPIFY_API_SECRET",
      "SHOPIFY_APP_URL",
      "APP_ENCRYPTION_KEY",
    ]);
  });

  it.each([
    ["SHOPIFY_APP_URL", "tandem.example.com"],
    ["PORT", "http"],
    ["PORT", "70000"],
    ["WORKER", "yes"],
    ["DATABASE_URL", "mysql://localhost/x"],
    ["METRICS_TOKEN", "short"],
    ["FRAME_ANCESTORS_LOCAL", "https://evil.example.com"],
    ["LOG_LEVEL", "loud"],
  ])("names %s when it is malformed, and never its value", (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
    expect(problems[0]).not.toContain(value);
  });

  it("counts an empty value as absent, as in a copied .env.example", () => {
    expect(problemsOf({ PORT: "", DATABASE_URL: "", METRICS_TOKEN: "" })).toEqual([]);
  });

  it("is listed whole in .env.example", () => {
    const listed = [...readFileSync(".env.example", "utf8").matchAll(/^([A-Z_]+)=/gm)].map(
      (match) => match[1],
    );
    expect([...listed].sort()).toEqual([...ENVIRONMENT_NAMES].sort());
  });
});
