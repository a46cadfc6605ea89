/** Texts of a file, as JSON has them. */
export interface Texts {
  readonly [name: string]: string | Texts;
}

type Flat = ReadonlyMap<string, string>;

/**
 * What a language's file lacks or has too much, a line each: texts, gaps, what was left in English, spaces around a text.
 *
 * @param forms the forms that the language counts in, as its file writes them: "one", "other"
 */
export function compareTexts(
  english: Texts,
  other: Texts,
  { place, forms }: { readonly place: string; readonly forms: readonly string[] },
): readonly string[] {
  const model = flatten(english);
  const theirs = flatten(other);
  const expected = new Map([...model.keys()].flatMap((name) => namesIn(name, forms)).map((each) => each));
  const says = (name: string, what: string) => `${place}: ${name} ${what}`;
  const missing = [...expected.keys()].filter((name) => !theirs.has(name));
  return [
    ...missing.map((name) =>
      says(name, `is missing; in English: ${JSON.stringify(model.get(expected.get(name) ?? ""))}`),
    ),
    ...[...theirs].flatMap(([name, text]) => {
      const source = expected.get(name);
      if (source === undefined)
        return [says(name, "does not exist in English, or is a form that the language has not")];
      return faultsOf(text, model.get(source) ?? "", gapsAllowed(model, source)).map((fault) =>
        says(name, fault),
      );
    }),
  ];
}

/** The names that a text of English has in the language, each with the English text that it is compared with. */
function namesIn(name: string, forms: readonly string[]): readonly (readonly [string, string])[] {
  if (name.endsWith("_one")) return [];
  if (!name.endsWith("_other")) return [[name, name]];
  const base = name.slice(0, -"_other".length);
  return forms.map((form) => [`${base}_${form}`, form === "one" ? `${base}_one` : name]);
}

/** In some languages "one" is said of 0 too, so it may name the number where English needs none. */
function gapsAllowed(model: Flat, source: string): readonly string[] {
  const counted = source.endsWith("_one") ? model.get(source.replace(/_one$/, "_other")) : undefined;
  return [gapsOf(model.get(source) ?? ""), ...(counted === undefined ? [] : [gapsOf(counted)])];
}

function faultsOf(text: string, english: string, gaps: readonly string[]): readonly string[] {
  const mine = gapsOf(text);
  return [
    ...(text.trim() === "" ? ["is empty"] : []),
    ...(gaps.includes(mine) ? [] : [`has the gaps ${mine || "none"} where English has ${gaps[0] || "none"}`]),
    ...(text === english && english.split(/\s+/).length > 3 ? ["is not translated"] : []),
    ...(text !== text.trim() && english === english.trim() ? ["begins or ends with a space"] : []),
  ];
}

const gapsOf = (text: string): string =>
  [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)]
    .map(([, name]) => name)
    .sort()
    .join(", ");

function flatten(texts: Texts, path = ""): Flat {
  return new Map(
    Object.entries(texts).flatMap(([name, text]): (readonly [string, string])[] =>
      typeof text === "string" ? [[path + name, text]] : [...flatten(text, `${path}${name}.`)],
    ),
  );
}
