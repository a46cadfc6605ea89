import type { Setting } from "#app/conversions/settings/setting-kinds.ts";
import { FILE_SETTINGS, MAPPING_SETTINGS } from "#app/conversions/settings/settings.ts";

/** What a setting may be, in a line: for the help of a command and for docs/settings.md. */
export function allowedValues(setting: Setting): string {
  switch (setting.kind) {
    case "choice":
      return Object.keys(setting.choices).join(" | ");
    case "flag":
      return "true | false";
    case "number":
      return `whole number, ${setting.least} to ${setting.most}`;
    case "flags":
      return `{ ${Object.keys(setting.flags).join(", ")} }: each true | false`;
    case "choices":
      return `{ ${setting.names.map(({ name }) => name).join(", ")} }: each ${Object.keys(setting.choices).join(" | ")}`;
    case "rules":
      return `[{ "by": ${setting.traits.join(" | ")}, "value": text of 1 to ${setting.longest} characters }], at most ${setting.most}`;
  }
}

/** A setting's default as JSON writes it. */
export function defaultValue(setting: Setting): string {
  switch (setting.kind) {
    case "choice":
    case "flag":
    case "number":
      return JSON.stringify(setting.default);
    case "flags":
      return `{ ${Object.entries(setting.flags)
        .map(([name, each]) => `"${name}": ${each.default}`)
        .join(", ")} }`;
    case "choices":
      return `{ ${setting.names.map((each) => `"${each.name}": "${each.default}"`).join(", ")} }`;
    case "rules":
      return "[]";
  }
}

/** What a file of settings may hold, for `npm run payload -- --help`. */
export function describeFileSettings(): string {
  const settings = Object.entries<Setting>(MAPPING_SETTINGS).map(
    ([name, setting]) => `  ${name}: ${allowedValues(setting)}\n      default: ${defaultValue(setting)}`,
  );
  const texts = Object.entries(FILE_SETTINGS).map(
    ([name, { expected, about }]) => `  ${name}: ${expected}\n      ${about}`,
  );
  return [...settings, ...texts].join("\n");
}
