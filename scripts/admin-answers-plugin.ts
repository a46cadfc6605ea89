/**
 * A plugin of graphql-codegen: writes, for every operation, the zod schema that reads its answer, from the kinds in
 * `app/stores/shopify/answer-kinds.ts`. An operation `ReadShop` stands in the constant `READ_SHOP`.
 */
import {
  getNullableType,
  isEnumType,
  isListType,
  isObjectType,
  isScalarType,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from "graphql";

const HEAD = `// Written by \`npm run generate:admin-types\`; not edited by hand.
import * as operations from "../admin-operations.ts";
import { answer, flag, list, number, record, text, type AnswerReaders } from "../answer-kinds.ts";

export const ANSWERS: AnswerReaders = {
`;

/** How a scalar comes in JSON. Shopify writes whole numbers beyond 2^53 and amounts of money as texts. */
const SCALARS: Readonly<Record<string, string>> = {
  Boolean: "flag",
  Int: "number",
  Float: "number",
  String: "text",
  ID: "text",
  DateTime: "text",
  Decimal: "text",
  URL: "text",
  UnsignedInt64: "text",
  CurrencyCode: "text",
  CountryCode: "text",
};

export function plugin(
  schema: GraphQLSchema,
  documents: readonly { readonly document?: DocumentNode }[],
): string {
  const definitions = documents.flatMap(({ document }) => document?.definitions ?? []);
  const fragments = new Map(
    definitions
      .filter((each) => each.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const readers = definitions
    .filter((each) => each.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => {
      const root = schema.getRootType(operation.operation);
      if (!root || !operation.name) throw new Error("an operation without a name or a type");
      const constant = operation.name.value.replace(/\B[A-Z]/g, "_$&").toUpperCase();
      const fields = fieldsOf(operation.selectionSet, root, fragments);
      return `  [operations.${constant}]: answer({ ${fields.join(", ")} }),\n`;
    });
  return `${HEAD}${readers.join("")}};\n`;
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function fieldsOf(set: SelectionSetNode, type: GraphQLObjectType, fragments: Fragments): readonly string[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = fragments.get(selection.name.value);
      if (fragment?.typeCondition.name.value !== type.name)
        throw new Error(`fragment ${selection.name.value} is none of ${type.name}`);
      return fieldsOf(fragment.selectionSet, type, fragments);
    }
    const field = selection.kind === Kind.FIELD ? type.getFields()[selection.name.value] : undefined;
    if (selection.kind !== Kind.FIELD || !field)
      throw new Error(`${type.name}: inline fragments and meta fields are not read`);
    const key = selection.alias?.value ?? selection.name.value;
    return [`${key}: ${readerOf(field.type, selection.selectionSet, fragments)}`];
  });
}

function readerOf(given: GraphQLOutputType, set: SelectionSetNode | undefined, fragments: Fragments): string {
  const type = getNullableType(given);
  if (isListType(type)) return `list(${readerOf(type.ofType, set, fragments)})`;
  if (isObjectType(type) && set) return `record({ ${fieldsOf(set, type, fragments).join(", ")} })`;
  // A text and not one of today's values: Shopify may add to them.
  if (isEnumType(type)) return "text";
  const reader = isScalarType(type) ? SCALARS[type.name] : undefined;
  if (reader === undefined) throw new Error(`no reader for a field of type ${String(type)}`);
  return reader;
}
