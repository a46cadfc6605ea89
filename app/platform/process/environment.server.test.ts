import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { ENVIRONMENT_NAMES, readEnvironment } from "./environment.server.ts";

const COMPLETE = {
  SHOPIFY_API_KEY: "key",
  SHOPIFY_API_SECRET: "secret",
  SHOPIFY_APP_URL: "https://tandem.example.com/",
  APP_ENCRYPTION_KEY: createHash("sha256").update("environment test").digest("base64"),
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
    ["SUPPORT_EMAIL", "support at example"],
  ])("names %s when it is malformed, and never its value", (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
    expect(problems[0]).not.toContain(value);
  });

  describe("refuses what is well formed and unsafe", () => {
    const REMOTE = "postgresql://tandem:secret@db.example.com:5432/tandem";
    const UNSAFE: readonly (readonly [string, string])[] = [
      ["APP_ENCRYPTION_KEY", Buffer.alloc(32).toString("base64")],
      ["APP_ENCRYPTION_KEY", Buffer.alloc(32, 7).toString("base64")],
      ["APP_ENCRYPTION_KEY", Buffer.from("Correct-Horse-Battery-Staple-42!").toString("base64")],
      ["SHOPIFY_APP_URL", "http://tandem.example.com"],
      ["SHOPIFY_APP_URL", "http://10.0.0.5:3000"],
      ["SHOPIFY_APP_URL", "http://localhost.example.com"],
      ["META_GRAPH_URL", "http://graph.facebook.com"],
      ["META_TR_URL", "http://www.facebook.com/tr/"],
      ["META_FBEVENTS_URL", "http://connect.facebook.net/en_US/fbevents.js"],
      ["APP_BRIDGE_URL", "http://cdn.example.com/app-bridge.js"],
      ["DATABASE_URL", REMOTE],
      ["DATABASE_URL", "postgres://tandem@10.1.2.3/tandem?application_name=tandem"],
      ["DATABASE_URL", "postgresql:///tandem?host=db.example.com"],
    ];

    it.each(UNSAFE)("%s: %s", (name, value) => {
      for (const NODE_ENV of ["production", "test", ""]) {
        const problems = problemsOf({ [name]: value, NODE_ENV });
        expect(problems).toHaveLength(1);
        expect(problems[0]).toMatch(new RegExp(`^${name} `));
        expect(problems[0]).not.toContain(value);
      }
    });

    it("but not in development", () => {
      expect(problemsOf({ ...Object.fromEntries(UNSAFE), NODE_ENV: "development" })).toEqual([]);
    });

    it.each([
      ["SHOPIFY_APP_URL", "http://localhost:3000"],
      ["META_GRAPH_URL", "http://127.0.0.1:4200"],
      ["META_GRAPH_URL", "http://[::1]:4200"],
      ["DATABASE_URL", "postgresql://postgres:postgres@127.0.0.1:5432/tandem"],
      ["DATABASE_URL", "postgresql://postgres@localhost/tandem"],
      ["DATABASE_URL", "postgresql:///tandem?host=/var/run/postgresql"],
      ["DATABASE_URL", `${REMOTE}?sslmode=verify-full`],
      ["DATABASE_URL", `${REMOTE}?sslmode=disable`],
    ])("and takes what only this machine sees, or somebody decided on: %s %s", (name, value) => {
      expect(problemsOf({ [name]: value })).toEqual([]);
    });
  });

  it.each([
    ["DATABASE_POOL", "1", "DATABASE_POOL must be between 2 and 200. See .env.example."],
    ["DATABASE_POOL", "0", "DATABASE_POOL must be between 2 and 200. See .env.example."],
    ["DATABASE_POOL", "201", "DATABASE_POOL must be between 2 and 200. See .env.example."],
    ["DATABASE_POOL", "-4", "DATABASE_POOL must be a whole number. See .env.example."],
    ["PORT", "65536", "PORT must be between 0 and 65535. See .env.example."],
  ])("refuses %s=%s and says what can be", (name, value, problem) => {
    expect(problemsOf({ [name]: value })).toEqual([problem]);
  });

  it.each([
    ["SMTP_URL", "mail.example.com"],
    ["SMTP_URL", "http://mail.example.com"],
    ["SMTP_URL", "smtp://mail.example.com/?ignoreTLS=true"],
    ["SMTP_URL", "smtps://mail.example.com?tls.rejectUnauthorized=false"],
    ["SMTP_URL", "smtps://user:%zz@mail.example.com"],
    ["SMTP_URL", "smtps://us/er:x@mail.example.com"],
    ["ALERT_FROM", "nobody"],
    ["ALERT_FROM", "a@b.example, c@d.example"],
    ["ALERT_FROM", "A <a@b.example>\r\nBcc: c@d.example"],
  ])("names %s when it is malformed: %j", (name, value) => {
    const beside = { SMTP_URL: "smtps://mail.example.com", ALERT_FROM: "a@b.example" };
    const problems = problemsOf({ ...beside, [name]: value });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} must be`))]);
    expect(problems[0]).not.toContain(value);
  });

  it("wants a sender beside a mail server, and a mail server beside a sender", () => {
    const [SMTP_URL, ALERT_FROM] = [
      "smtps://user:p%40ss@mail.example.com:465",
      "Tandem <alerts@example.com>",
    ];
    expect(problemsOf({ SMTP_URL, ALERT_FROM })).toEqual([]);
    expect(problemsOf({ SMTP_URL })).toEqual([expect.stringMatching(/^ALERT_FROM is missing/)]);
    expect(problemsOf({ ALERT_FROM })).toEqual([expect.stringMatching(/^SMTP_URL is missing/)]);
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
