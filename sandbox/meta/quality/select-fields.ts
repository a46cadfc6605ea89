/** Graph's `fields=a,b{c,d}` selection, and its application to an answer. */
export interface FieldSelection {
  [name: string]: FieldSelection;
}

export type FieldsVerdict = { ok: true; fields: FieldSelection } | { ok: false };

/** Parses a selection; unbalanced braces or empty names are no selection. */
export function parseFields(text: string): FieldsVerdict {
  const root: FieldSelection = Object.create(null) as FieldSelection;
  const stack = [root];
  let last: FieldSelection | undefined;
  for (const [token] of text.matchAll(/[A-Za-z0-9_.]+|[{},]|\S/g)) {
    const open = stack.at(-1);
    if (open === undefined) return { ok: false };
    if (token === "{") {
      if (last === undefined) return { ok: false };
      stack.push(last);
      last = undefined;
    } else if (token === "}") {
      if (stack.length === 1) return { ok: false };
      stack.pop();
      last = undefined;
    } else if (token === ",") {
      last = undefined;
    } else if (/^\w/.test(token)) {
      last = open[token] ??= Object.create(null) as FieldSelection;
    } else {
      return { ok: false };
    }
  }
  return stack.length === 1 ? { ok: true, fields: root } : { ok: false };
}

/** The first selected field that `known` does not have, if any. A leaf of `known` allows whatever lies below it. */
export function unknownField(selection: FieldSelection, known: FieldSelection): string | undefined {
  for (const [name, below] of Object.entries(selection)) {
    const shape = known[name];
    if (shape === undefined) return name;
    const unknown = Object.keys(shape).length === 0 ? undefined : unknownField(below, shape);
    if (unknown !== undefined) return unknown;
  }
  return undefined;
}

/** `value` reduced to the selection; an empty selection keeps all of it. */
export function pickFields(value: unknown, selection: FieldSelection): unknown {
  const names = Object.keys(selection);
  if (names.length === 0) return value;
  if (Array.isArray(value)) return value.map((item) => pickFields(item, selection));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      const below = selection[name];
      return below === undefined ? [] : [[name, pickFields(item, below)]];
    }),
  );
}
