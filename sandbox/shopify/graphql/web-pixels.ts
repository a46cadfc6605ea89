import { randomInt } from "node:crypto";
import { z } from "zod";
import type { PixelFile } from "../app-files.ts";
import type { Store, WebPixel } from "../store.ts";

const refuse = (code: string, field: string[], message: string) => ({
  userErrors: [{ code, field, message }],
});

/** What the toml declares: a field without `min` may be absent, and nothing else may be there. */
const settingsOf = ({ settings }: PixelFile) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(settings.fields).map(([name, { validations }]) => {
        const bound = (rule: string) => validations.find((each) => each.name === rule)?.value;
        const text = z
          .string()
          .min(bound("min") ?? 0)
          .max(bound("max") ?? Infinity);
        return [name, bound("min") === undefined ? text.optional() : text];
      }),
    ),
  );

/** `settings` is JSON by type but a JSON string by custom; both are taken. Undefined when it is no object. */
function readSettings(given: unknown): object | undefined {
  try {
    const value: unknown = typeof given === "string" ? JSON.parse(given) : given;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const viewPixel = (pixel: WebPixel) => ({
  id: pixel.id,
  settings: JSON.stringify(pixel.settings),
  dataSharingState: pixel.sharing,
});

/** `webPixelCreate`, or `webPixelUpdate` of the one with this ID. */
export function savePixel(store: Store, id: string | undefined, given: unknown, file: PixelFile | undefined) {
  if (!file) return refuse("NO_EXTENSION", ["webPixel"], "No extension found");
  if (id === undefined && store.webPixel) return refuse("TAKEN", ["webPixel"], "Web pixel is taken");
  if (id !== undefined && store.webPixel?.id !== id)
    return refuse("NOT_FOUND", ["id"], "Web pixel not found");
  const where = ["webPixel", "settings"];
  const object = readSettings(given);
  if (!object) return refuse("INVALID_CONFIGURATION_JSON", where, "Settings must be a JSON object");
  const { error } = settingsOf(file).safeParse(object);
  if (error) return refuse("INVALID_SETTINGS", where, z.prettifyError(error));
  const pixel: WebPixel = {
    id: id ?? `gid://shopify/WebPixel/${randomInt(1, 2 ** 32)}`,
    settings: z.record(z.string(), z.string()).parse(object),
    sharing: store.webPixel?.sharing ?? "ALWAYS_ON",
  };
  store.webPixel = pixel;
  return { webPixel: viewPixel(pixel), userErrors: [] };
}
