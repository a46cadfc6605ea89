import { randomInt } from "node:crypto";
import type { PixelFile } from "../app-files.ts";
import type { Store, WebPixel } from "../store.ts";

type PixelProblem = { readonly code: string; readonly field: string[]; readonly message: string };

export type PixelAnswer = { readonly webPixel: unknown; readonly userErrors: readonly PixelProblem[] };

const refuse = (code: string, field: string[], message: string): PixelAnswer => ({
  webPixel: null,
  userErrors: [{ code, field, message }],
});

/** `settings` is JSON by type but a JSON string by custom; both are taken. A field of the toml without `min` may be absent. */
function checkSettings(given: unknown, file: PixelFile): Record<string, string> | PixelAnswer {
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
  const { fields } = file.settings;
  for (const name of settings.keys()) {
    if (!Object.hasOwn(fields, name)) {
      return refuse("INVALID_SETTINGS", where, `${name} is not defined in the extension's settings`);
    }
  }
  for (const [name, { validations }] of Object.entries(fields)) {
    const bound = (rule: string): number | undefined => validations.find((each) => each.name === rule)?.value;
    if (!settings.has(name) && bound("min") === undefined) continue;
    const item: unknown = settings.get(name);
    if (typeof item !== "string") return refuse("INVALID_SETTINGS", where, `${name} must be a string`);
    if (item.length < (bound("min") ?? 0) || item.length > (bound("max") ?? Infinity)) {
      return refuse("INVALID_SETTINGS", where, `${name} has the wrong length`);
    }
  }
  return Object.fromEntries([...settings].map(([name, item]) => [name, String(item)]));
}

const isAnswer = (result: Record<string, string> | PixelAnswer): result is PixelAnswer =>
  "userErrors" in result;

export const viewPixel = (pixel: WebPixel) => ({
  id: pixel.id,
  settings: JSON.stringify(pixel.settings),
  dataSharingState: pixel.sharing,
});

/** `webPixelCreate`, or `webPixelUpdate` of the one with this ID. */
export function savePixel(
  store: Store,
  id: string | undefined,
  given: unknown,
  file: PixelFile | undefined,
): PixelAnswer {
  if (!file) return refuse("NO_EXTENSION", ["webPixel"], "No extension found");
  if (id === undefined && store.webPixel) return refuse("TAKEN", ["webPixel"], "Web pixel is taken");
  if (id !== undefined && store.webPixel?.id !== id)
    return refuse("NOT_FOUND", ["id"], "Web pixel not found");
  const settings = checkSettings(given, file);
  if (isAnswer(settings)) return settings;
  const sharing = store.webPixel?.sharing ?? "ALWAYS_ON";
  store.webPixel = { id: id ?? `gid://shopify/WebPixel/${randomInt(1, 2 ** 32)}`, settings, sharing };
  return { webPixel: viewPixel(store.webPixel), userErrors: [] };
}

export function deletePixel(store: Store, id: string) {
  if (store.webPixel?.id !== id) return refuse("NOT_FOUND", ["id"], "Web pixel not found");
  store.webPixel = undefined;
  return { deletedWebPixelId: id, userErrors: [] };
}
