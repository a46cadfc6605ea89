/**
 * `node scripts/list-settings.ts`: writes docs/settings.md from the declaration of the settings and the catalogue of
 * texts. tests/unit/settings.test.ts fails when the page is behind them.
 */
import { writeFileSync } from "node:fs";

import {
  limitsOf,
  namesOf,
  type ChoiceSetting,
  type Setting,
} from "#app/conversions/settings/setting-kinds.ts";
import {
  FILE_SETTINGS,
  MAPPING_SETTINGS,
  SECTIONS,
  STORE_SETTINGS,
  type SectionName,
  type SettingName,
} from "#app/conversions/settings/settings.ts";
import { sayText, type TextKey } from "#app/texts/texts.ts";
import "#app/texts/areas/settings.ts";

import { allowedValues, defaultValue } from "./describe-settings.ts";

const say = (key: TextKey, values?: Readonly<Record<string, number>>) =>
  sayText({ key, ...(values && { values }) });
const code = (text: string) => `\`${text.replaceAll("|", "\\|")}\``;
const row = (...cells: readonly string[]) => `| ${cells.join(" | ")} |`;

export function settingsPage(): string {
  return [
    "# Settings",
    "",
    "Made by `node scripts/list-settings.ts` from `app/conversions/settings/settings.ts`; a test fails when it is behind.",
    "",
    "The merchant chooses them on the settings page; what an order is sent with follows from those that held when it arrived.",
    "Each is a column of `store`. Those with a “yes” under “File” can also stand in the JSON file of",
    "`npm run payload -- --settings FILE`.",
    "",
    row("Setting", "Allowed", "Default", "File"),
    row("---", "---", "---", "---"),
    ...namesOf(STORE_SETTINGS).map(summaryOf),
    ...Object.entries(FILE_SETTINGS).map(([name, { expected }]) =>
      row(code(name), expected, "absent", "only"),
    ),
    "",
    ...namesOf(SECTIONS).flatMap(sectionOf),
    "## In a file only",
    "",
    ...Object.entries(FILE_SETTINGS).flatMap(([name, { about }]) => [`### ${code(name)}`, "", about, ""]),
  ].join("\n");
}

function summaryOf(name: SettingName): string {
  const setting = STORE_SETTINGS[name];
  const inFile = Object.hasOwn(MAPPING_SETTINGS, name) ? "yes" : "no";
  return row(code(name), code(allowedValues(setting)), code(defaultValue(setting)), inFile);
}

function sectionOf(section: SectionName): readonly string[] {
  const { title, text } = SECTIONS[section];
  const names = namesOf(STORE_SETTINGS).filter((name) => STORE_SETTINGS[name].section === section);
  return [`## ${say(title)}`, "", say(text), "", ...names.flatMap(detailsOf)];
}

function detailsOf(name: SettingName): readonly string[] {
  const setting: Setting = STORE_SETTINGS[name];
  const help = setting.help && say(setting.help, setting.kind === "number" ? { ...limitsOf(setting) } : {});
  return [
    `### ${code(name)}`,
    "",
    [`“${say(setting.label)}”${setting.kind === "number" ? `, in ${say(setting.unit)}` : ""}.`, help]
      .filter(Boolean)
      .join(" "),
    "",
    ...valueTable(setting),
  ];
}

function valueTable(setting: Setting): readonly string[] {
  if (setting.kind === "choices")
    return [
      row("Name", "On the page", "Allowed", "Default", "What it is"),
      row("---", "---", "---", "---", "---"),
      ...setting.names.map((each) => {
        const { label, help } = setting.wordsOf(each.name);
        return row(code(each.name), label, code(each.choices.join(" | ")), code(each.default), help ?? "");
      }),
      "",
      ...choiceTable(setting.choices),
    ];
  if (setting.kind === "choice") {
    const unknown =
      setting.unknown === setting.default
        ? []
        : [`A stored value that this version does not know counts as ${code(setting.unknown)}.`, ""];
    return [...choiceTable(setting.choices), ...unknown];
  }
  if (setting.kind !== "flags") return [];
  const flags = Object.entries(setting.flags).map(([flag, each]) =>
    row(code(flag), say(each.label), each.default ? "on" : "off", say(each.help)),
  );
  return [row("Name", "On the page", "Default", "What it is"), row("---", "---", "---", "---"), ...flags, ""];
}

function choiceTable(choices: ChoiceSetting["choices"]): readonly string[] {
  const values = Object.entries(choices).map(([value, { label, help }]) =>
    row(code(value), say(label), help ? say(help) : ""),
  );
  return [row("Value", "On the page", "What it does"), row("---", "---", "---"), ...values, ""];
}

if (import.meta.main) writeFileSync("docs/settings.md", settingsPage());
