import {
  FieldsOnCorrectTypeRule,
  GraphQLError,
  Kind,
  specifiedRules,
  type ASTNode,
  type ASTVisitor,
  type ValidationContext,
  type ValidationRule,
} from "graphql";

const stepOf = (node: ASTNode): string[] => {
  if (node.kind === Kind.FIELD) return [node.alias?.value ?? node.name.value];
  if (node.kind === Kind.OPERATION_DEFINITION)
    return [[node.operation, node.name?.value].filter(Boolean).join(" ")];
  if (node.kind === Kind.FRAGMENT_DEFINITION) return [`fragment ${node.name.value}`];
  return [];
};

const isNode = (item: ASTNode | readonly ASTNode[]): item is ASTNode => "kind" in item;

/** An unknown field, said as Shopify's server says it: message, path from the operation, code undefinedField. */
function knownFieldsRule(context: ValidationContext): ASTVisitor {
  return {
    Field(node, _key, _parent, _path, ancestors) {
      const type = context.getParentType();
      if (!type || context.getFieldDef()) return;
      const path = [...ancestors.filter(isNode), node].flatMap(stepOf);
      const fieldName = node.name.value;
      context.reportError(
        new GraphQLError(`Field '${fieldName}' doesn't exist on type '${type.name}'`, {
          nodes: [node],
          path,
          extensions: { code: "undefinedField", typeName: type.name, fieldName },
        }),
      );
    },
  };
}

export const RULES: readonly ValidationRule[] = [
  ...specifiedRules.filter((rule) => rule !== FieldsOnCorrectTypeRule),
  knownFieldsRule,
];
