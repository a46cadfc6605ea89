import { Kind, parse, type SelectionSetNode } from "graphql";

/** Graph's `fields=a,b{c,d}` selection, and its application to an answer. */
export interface FieldSelection {
  [name: string]: FieldSelection;
}

export type FieldsVerdict = { ok: true; fields: FieldSelection } | { ok: false };

/** Parses a selection, which in braces would be GraphQL's; unbalanced braces or empty names are no selection. */
export function parseFields(text: string): FieldsVerdict {
  try {
    const [query, ...others] = parse(`{${text}}`).definitions;
    if (query?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) return { ok: false };
    return { ok: true, fields: fieldsOf(query.selectionSet) };
  } catch {
    return { ok: false };
  }
}

/** @throws on what GraphQL has beyond names */
function fieldsOf(set: SelectionSetNode | undefined): FieldSelection {
  const fields = (set?.selections ?? []).map((node) => {
    if (node.kind !== Kind.FIELD || node.alias || node.arguments?.length || node.directives?.length)
      throw new Error("not a field's name");
    return [node.name.value, fieldsOf(node.selectionSet)] as const;
  });
  return Object.fromEntries(fields);
}

/** The first selected field that `known` does not have, if any. A leaf of `known` allows whatever lies below it. */
export function unknownField(selection: FieldSelection, known: FieldSelection): string | undefined {
  for (const [name, below] of Object.entries(selection)) {
    const shape = Object.hasOwn(known, name) ? known[name] : undefined;
    if (shape === undefined) return name;
    const unknown = Object.keys(shape).length === 0 ? undefined : unknownField(below, shape);
    if (unknown !== undefined) return unknown;
  }
  return undefined;
}

/** `value` reduced to the selection; an empty selection keeps all of it. */
export function pickFields(value: unknown, selection: FieldSelection): unknown {
  const names = Object.keys(selection);
  if (names.length === 0 || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => pickFields(item, selection));
  const kept = Object.entries(value).filter(([name]) => names.includes(name));
  return Object.fromEntries(kept.map(([name, item]) => [name, pickFields(item, selection[name] ?? {})]));
}
