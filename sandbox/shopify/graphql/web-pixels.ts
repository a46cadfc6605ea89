import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { asList, asTable, asText, readToml, type TomlTable } from "../read-toml.ts";
import type { Store, WebPixel } from "../store.ts";

/** What the web pixel extension's toml says that settings look like. */
export interface PixelDefinition {
  readonly fields: ReadonlyMap<
    string,
    { readonly min: number | undefined; readonly max: number | undefined }
  >;
}

type PixelProblem = { readonly code: string; readonly field: string[]; readonly message: string };

const bound = (field: TomlTable, name: string): number | undefined => {
  const rule = asList(field["validations"])
    .map(asTable)
    .find((each) => each["name"] === name);
  return rule === undefined ? undefined : Number(rule["value"]);
};

/** Reads the extension's toml; undefined when the app has no web pixel extension. */
export function readPixelDefinition(tomlFile: string): PixelDefinition | undefined {
  let text: string;
  try {
    text = readFileSync(tomlFile, "utf8");
  } catch {
    return undefined;
  }
  const toml = readToml(text);
  if (asText(toml["type"]) !== "web_pixel_extension") return undefined;
  const fields = Object.entries(asTable(asTable(toml["settings"])["fields"])).map(
    ([name, field]) =>
      [name, { min: bound(asTable(field), "min"), max: bound(asTable(field), "max") }] as const,
  );
  return { fields: new Map(fields) };
}

export type PixelAnswer = { readonly webPixel: unknown; readonly userErrors: readonly PixelProblem[] };

const refuse = (code: string, field: string[], message: string): PixelAnswer => ({
  webPixel: null,
  userErrors: [{ code, field, message }],
});

/** `settings` is JSON by type but a JSON string by custom; both are taken. Every field of the toml must be there. */
function checkSettings(given: unknown, definition: PixelDefinition): Record<string, string> | PixelAnswer {
  const where = ["webPixel", "settings"];
  let value = given;
  if (typeof given === "string") {
    try {
      value = JSON.parse(given) as unknown;
    } catch {
      return refuse("INVALID_CONFIGURATION_JSON", where, "Settings must be valid JSON");
    }
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return refuse("INVALID_CONFIGURATION_JSON", where, "Settings must be a JSON object");
  }
  const settings = new Map(Object.entries(value));
  for (const name of settings.keys()) {
    if (!definition.fields.has(name)) {
      return refuse("INVALID_SETTINGS", where, `${name} is not defined in the extension's settings`);
    }
  }
  for (const [name, { min, max }] of definition.fields) {
    const item: unknown = settings.get(name);
    if (typeof item !== "string") return refuse("INVALID_SETTINGS", where, `${name} must be a string`);
    if (item.length < (min ?? 0) || item.length > (max ?? Infinity)) {
      return refuse("INVALID_SETTINGS", where, `${name} has the wrong length`);
    }
  }
  return Object.fromEntries([...settings].map(([name, item]) => [name, String(item)]));
}

const isAnswer = (result: Record<string, string> | PixelAnswer): result is PixelAnswer =>
  "userErrors" in result;

export const viewPixel = (pixel: WebPixel) => ({
  __typename: "WebPixel",
  id: pixel.id,
  settings: JSON.stringify(pixel.settings),
});

export function createPixel(
  store: Store,
  given: unknown,
  definition: PixelDefinition | undefined,
): PixelAnswer {
  if (!definition) return refuse("NO_EXTENSION", ["webPixel"], "No extension found");
  if (store.webPixel) return refuse("TAKEN", ["webPixel"], "Web pixel is taken");
  const settings = checkSettings(given, definition);
  if (isAnswer(settings)) return settings;
  store.webPixel = { id: `gid://shopify/WebPixel/${randomInt(1, 2 ** 32)}`, settings };
  return { webPixel: viewPixel(store.webPixel), userErrors: [] };
}

export function updatePixel(
  store: Store,
  id: string,
  given: unknown,
  definition: PixelDefinition | undefined,
): PixelAnswer {
  if (!definition) return refuse("NO_EXTENSION", ["webPixel"], "No extension found");
  if (store.webPixel?.id !== id) return refuse("NOT_FOUND", ["id"], "Web pixel not found");
  const settings = checkSettings(given, definition);
  if (isAnswer(settings)) return settings;
  store.webPixel = { id, settings };
  return { webPixel: viewPixel(store.webPixel), userErrors: [] };
}

export function deletePixel(store: Store, id: string) {
  if (store.webPixel?.id !== id) {
    return {
      deletedWebPixelId: null,
      userErrors: [{ code: "NOT_FOUND", field: ["id"], message: "Web pixel not found" }],
    };
  }
  store.webPixel = undefined;
  return { deletedWebPixelId: id, userErrors: [] };
}
