import type { TextKey } from "../../texts/texts.ts";

/**
 * The kinds of setting there are. From the kind follow the type of the value, the parser, the column's type, the field on
 * the page and the line in docs/settings.md. Texts are named here and stand in the catalogue; a name without a text does
 * not compile.
 */
export type Setting<Section extends string = string> =
  | ChoiceSetting<string, Section>
  | FlagSetting<Section>
  | NumberSetting<Section>
  | FlagsSetting<string, Section>
  | ChoicesSetting<string, string, Section>
  | RulesSetting<string, Section>;

/** How a setting stands on the page. */
interface Field<Section extends string> {
  /** The section of the page in which it stands, in the order of the declaration. */
  readonly section: Section;
  readonly label: TextKey;
  /** A number's help has the gaps {{least}} and {{most}}. */
  readonly help?: TextKey;
}

interface ChoiceTexts {
  readonly label: TextKey;
  readonly help?: TextKey;
}

/** One of some values. */
export interface ChoiceSetting<
  Value extends string = string,
  Section extends string = string,
> extends Field<Section> {
  readonly kind: "choice";
  /** A list shows every choice with its help, a menu the help of the chosen one. */
  readonly shownAs: "list" | "menu";
  readonly choices: Readonly<Record<Value, ChoiceTexts>>;
  readonly default: Value;
  /** What a stored value that this version does not know counts as. */
  readonly unknown: Value;
}

/** On or off. */
export interface FlagSetting<Section extends string = string> extends Field<Section> {
  readonly kind: "flag";
  readonly default: boolean;
}

/**
 * A whole number within limits, which are included. What is said of another one stands in the catalogue by the setting's
 * name: `settingsProblems.{name}.{none, fraction, least, most}`.
 */
export interface NumberSetting<Section extends string = string> extends Field<Section> {
  readonly kind: "number";
  readonly least: number;
  readonly most: number;
  readonly default: number;
  readonly unit: TextKey;
}

/** Several things, each on or off. */
export interface FlagsSetting<
  Name extends string = string,
  Section extends string = string,
> extends Field<Section> {
  readonly kind: "flags";
  readonly flags: Readonly<
    Record<Name, { readonly label: TextKey; readonly help: TextKey; readonly default: boolean }>
  >;
}

/** One of some values for each of several names, which need not all offer the same ones. */
export interface ChoicesSetting<
  Name extends string = string,
  Value extends string = string,
  Section extends string = string,
> extends Field<Section> {
  readonly kind: "choices";
  readonly help: TextKey;
  /** What the column of names and that of choices are called; a menu's label has the gap {{name}}. */
  readonly heads: { readonly name: TextKey; readonly choice: TextKey; readonly menu: TextKey };
  /** A name that offers one value is shown and cannot be changed. */
  readonly names: readonly NamedChoice<Name, Value>[];
  /** A name in a merchant's words, and what it is where there are words for it. */
  readonly wordsOf: (name: string) => { readonly label: string; readonly help?: string };
  readonly choices: Readonly<Record<Value, Required<ChoiceTexts>>>;
}

interface NamedChoice<Name extends string, Value extends string> {
  readonly name: Name;
  readonly choices: readonly Value[];
  readonly default: Value;
}

/** A list of rules, each of a trait and the value that it must have; none at first. */
export interface RulesSetting<
  Trait extends string = string,
  Section extends string = string,
> extends Field<Section> {
  readonly kind: "rules";
  readonly help: TextKey;
  readonly traits: readonly Trait[];
  /** Rules of one store. */
  readonly most: number;
  /** Characters of a rule's value. */
  readonly longest: number;
}

/** The value that a setting has. */
export type ValueOf<Declared> =
  Declared extends ChoiceSetting<infer Value>
    ? Value
    : Declared extends FlagSetting
      ? boolean
      : Declared extends NumberSetting
        ? number
        : Declared extends FlagsSetting<infer Name>
          ? Readonly<Record<Name, boolean>>
          : Declared extends ChoicesSetting<infer Name, infer Value>
            ? Readonly<Record<Name, Value>>
            : Declared extends RulesSetting<infer Trait>
              ? readonly { readonly by: Trait; readonly value: string }[]
              : never;

export type ValuesOf<Declared> = { readonly [Key in keyof Declared]: ValueOf<Declared[Key]> };

export function choice<const Value extends string, const Section extends string>({
  unknown,
  ...declared
}: Omit<ChoiceSetting<Value, Section>, "kind" | "default" | "unknown"> & {
  readonly default: NoInfer<Value>;
  /** Where it is not the default. */
  readonly unknown?: NoInfer<Value>;
}): ChoiceSetting<Value, Section> {
  return { kind: "choice", ...declared, unknown: unknown ?? declared.default };
}

export function flag<const Section extends string>(
  declared: Omit<FlagSetting<Section>, "kind">,
): FlagSetting<Section> {
  return { kind: "flag", ...declared };
}

export function number<const Section extends string>(
  declared: Omit<NumberSetting<Section>, "kind">,
): NumberSetting<Section> {
  return { kind: "number", ...declared };
}

export function flags<const Name extends string, const Section extends string>(
  declared: Omit<FlagsSetting<Name, Section>, "kind">,
): FlagsSetting<Name, Section> {
  return { kind: "flags", ...declared };
}

export function choices<const Name extends string, const Value extends string, const Section extends string>(
  declared: Omit<ChoicesSetting<Name, Value, Section>, "kind">,
): ChoicesSetting<Name, Value, Section> {
  return { kind: "choices", ...declared };
}

export function rules<const Trait extends string, const Section extends string>(
  declared: Omit<RulesSetting<Trait, Section>, "kind">,
): RulesSetting<Trait, Section> {
  return { kind: "rules", ...declared };
}

/** The names of a record as the union that they are: for records that are declared, which have no others. */
export function namesOf<Name extends string>(declared: Readonly<Record<Name, unknown>>): readonly Name[] {
  return Object.keys(declared) as Name[];
}

/** A stored or sent value where it is one of the choices. */
export function knownChoice<Value extends string>(
  setting: ChoiceSetting<Value>,
  given: unknown,
): Value | undefined {
  return namesOf(setting.choices).find((value) => value === given);
}

/** What was chosen for each name; where a stored or sent value is none that the name offers, the name's default. */
export function knownChoices<Name extends string, Value extends string>(
  setting: ChoicesSetting<Name, Value>,
  given: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<Name, Value>> {
  const entries = setting.names.map((each) => {
    const chosen = each.choices.find((value) => value === given?.[each.name]);
    return [each.name, chosen ?? each.default] as const;
  });
  return Object.fromEntries(entries) as Record<Name, Value>;
}

/** A setting's default as a value. */
export function defaultOf(setting: Setting): unknown {
  switch (setting.kind) {
    case "choice":
    case "flag":
    case "number":
      return setting.default;
    case "flags":
      return Object.fromEntries(Object.entries(setting.flags).map(([name, each]) => [name, each.default]));
    case "choices":
      return knownChoices(setting, undefined);
    case "rules":
      return [];
  }
}

/** One value for each setting of a declaration, by what each setting says. */
export function valuesOf<Declared extends Readonly<Record<string, Setting>>>(
  declared: Declared,
  valueOf: (setting: Setting, name: string) => unknown,
): ValuesOf<Declared> {
  // The compiler cannot follow a name to its own setting's type; `valueOf` decides by the kind, as ValueOf does.
  const entries = Object.entries(declared).map(([name, setting]) => [name, valueOf(setting, name)] as const);
  return Object.fromEntries(entries) as ValuesOf<Declared>;
}

/** What goes into the gaps of a number's texts. */
export function limitsOf({ least, most }: NumberSetting): { readonly least: number; readonly most: number } {
  return { least, most };
}
