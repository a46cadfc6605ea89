import { z } from "zod";

import { exclusionRules } from "../order/parse-exclusion-rules.ts";
import {
  namesOf,
  type ChoiceSetting,
  type ChoicesSetting,
  type FlagsSetting,
  type Setting,
  type ValueOf,
} from "./setting-kinds.ts";

/** A field of the page sends a number as its text. An empty one is no number; left to itself it would read as 0. */
const typedNumber = (given: unknown) =>
  typeof given === "string" && given.trim() !== "" ? Number(given) : given;

/** A parser for the value of one setting, by its kind. It names what is wrong by zod's codes; the caller says it. */
export function schemaOf(setting: Setting): z.ZodType {
  switch (setting.kind) {
    case "choice":
      return choiceSchema(setting);
    case "flag":
      return z.boolean();
    case "number":
      return z.preprocess(typedNumber, z.number().int().min(setting.least).max(setting.most));
    case "flags":
      return flagsSchema(setting);
    case "choices":
      return choicesSchema(setting);
    case "rules":
      return exclusionRules;
  }
}

/** One parser for each setting of a declaration; a setting may be absent. */
export function schemasOf<Declared extends Readonly<Record<string, Setting>>>(
  declared: Declared,
  schema: (setting: Setting) => z.ZodType = schemaOf,
): { readonly [Name in keyof Declared]: z.ZodOptional<z.ZodType<ValueOf<Declared[Name]>>> } {
  const entries = Object.entries(declared).map(
    ([name, setting]) => [name, schema(setting).optional()] as const,
  );
  // `schema` decides by the kind, as ValueOf does; the compiler cannot follow a name to its own setting's type.
  return Object.fromEntries(entries) as {
    [Name in keyof Declared]: z.ZodOptional<z.ZodType<ValueOf<Declared[Name]>>>;
  };
}

export function flagsSchema(setting: FlagsSetting) {
  return z.object(Object.fromEntries(namesOf(setting.flags).map((name) => [name, z.boolean()])));
}

/** A name that a page of another version does not know is absent, and stays as it is. */
function choicesSchema(setting: ChoicesSetting) {
  const entries = setting.names.map(({ name, choices }) => [name, z.enum(choices)] as const);
  return z.object(Object.fromEntries(entries)).partial();
}

function choiceSchema(setting: ChoiceSetting) {
  return z.enum(namesOf(setting.choices));
}
