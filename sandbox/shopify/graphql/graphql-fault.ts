import { GraphQLError } from "graphql";

/** A GraphQL error with Shopify's `extensions.code`. */
export function fault(
  message: string,
  code: string,
  extensions: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...extensions } });
}
