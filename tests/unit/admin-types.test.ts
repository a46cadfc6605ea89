import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { buildSchema, Kind, parse, validate } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import * as operations from "#app/stores/shopify/admin-operations.ts";
import { askAdmin } from "#app/stores/shopify/call-admin.server.ts";

const SCHEMA = "sandbox/shopify/graphql/admin-2026-10.graphql";
const COMMITTED = "app/stores/shopify/types";

const documents = Object.entries(operations).filter(
  (entry): entry is [string, Extract<(typeof entry)[1], string>] => typeof entry[1] === "string",
);

describe("the types of the Admin API's operations", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "tandem-admin-types-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("are what `npm run generate:admin-types` writes now", () => {
    execFileSync("graphql-codegen", ["--config", "codegen.ts"], {
      env: {
        ...process.env,
        PATH: `${path.resolve("node_modules/.bin")}${path.delimiter}${process.env["PATH"] ?? ""}`,
        ADMIN_TYPES_DIR: folder,
      },
      stdio: "pipe",
    });
    const files = readdirSync(folder).sort();
    expect(files).toEqual(readdirSync(COMMITTED).sort());
    const textsOf = (place: string) =>
      Object.fromEntries(files.map((file) => [file, readFileSync(path.join(place, file), "utf8")]));
    expect(textsOf(COMMITTED)).toEqual(textsOf(folder));
  });

  it.each(documents)("%s is valid by the schema of this version", (name, document) => {
    const parsed = parse(document);
    expect(validate(buildSchema(readFileSync(SCHEMA, "utf8")), parsed)).toEqual([]);
    const named = parsed.definitions.flatMap((each) =>
      each.kind === Kind.OPERATION_DEFINITION ? [each.name?.value.toUpperCase()] : [],
    );
    expect(named).toEqual([name.replaceAll("_", "")]);
  });
});

describe("an answer of the Admin API", () => {
  const read = async (data: unknown) => {
    const outcome = await askAdmin(async () => ({ json: async () => ({ data }) }), operations.READ_SHOP);
    return outcome.ok ? outcome.data : outcome.problem;
  };

  it("keeps null, and drops what has another kind of JSON than the schema says", async () => {
    expect(await read({ shop: { id: 7, name: null, ianaTimezone: ["x"], currencyCode: "EUR" } })).toEqual({
      shop: { name: null, currencyCode: "EUR" },
    });
    expect(await read({ shop: [], currentAppInstallation: null, other: 1 })).toEqual({
      currentAppInstallation: null,
    });
    expect(await read({ shop: "none" })).toEqual({});
  });

  it("keeps the place of an entry that cannot be read, so that a part is not the whole", async () => {
    const accessScopes = [{ handle: "read_orders" }, 7, null, { handle: 7 }];
    expect(await read({ currentAppInstallation: { accessScopes } })).toEqual({
      currentAppInstallation: { accessScopes: [{ handle: "read_orders" }, undefined, null, {}] },
    });
  });

  it("holds no NUL, which PostgreSQL cannot store", async () => {
    expect(await read({ shop: { name: "Kawa\0 Goods" } })).toEqual({ shop: { name: "Kawa Goods" } });
  });

  it.each([undefined, null, "data", 7, []])("is none where data is %j", async (data) => {
    expect(await read(data)).toBe("unreachable");
  });
});
