import type { Request, Response } from "express";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import {
  buildSchema,
  execute,
  FieldsOnCorrectTypeRule,
  getOperationAST,
  GraphQLError,
  Kind,
  parse,
  specifiedRules,
  validate,
  type ASTNode,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type ValidationRule,
} from "graphql";
import type { PixelFile } from "../app-files.ts";
import type { AccessTokens } from "../auth/access-tokens.ts";
import type { Store } from "../store.ts";
import { adminRoot, type AdminContext } from "./admin-root.ts";
import { resolveField } from "./order-view.ts";
import { CostBucket, actualCost, MAX_QUERY_COST, requestedCost } from "./query-cost.ts";

const text = readFileSync(new URL("./admin-2026-10.graphql", import.meta.url), "utf8");
/** What the unstable version has more: https://shopify.dev/docs/api/admin-graphql/unstable/objects/WebPixel */
const UNSTABLE = "extend type WebPixel { dataSharingState: String! }";
const SCHEMAS = { stable: buildSchema(text), unstable: buildSchema(`${text}\n${UNSTABLE}`) };

interface AdminApiOptions {
  readonly apiVersion: string;
  readonly tokens: AccessTokens;
  readonly now: () => number;
  readonly pixelFile: () => PixelFile | undefined;
}

interface GraphqlBody {
  readonly query?: unknown;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  readonly operationName?: string | null;
}

/** POST https://{shop}/admin/api/{version}/graphql.json. */
export class AdminApi {
  /** What tests can make the Admin API do; every count is used up by requests. */
  readonly faults = {
    delayMs: 0,
    /** The next requests are answered with `failStatus` and an HTML page. */
    failNext: 0,
    failStatus: 503,
    throttleNext: 0,
  };
  /** Requests answered so far, by root field of the operation. */
  readonly served: Record<string, number> = {};
  readonly #options: AdminApiOptions;
  readonly #buckets = new Map<string, CostBucket>();

  constructor(options: AdminApiOptions) {
    this.#options = options;
  }

  bucket(store: Store): CostBucket {
    const known = this.#buckets.get(store.domain) ?? new CostBucket(store.isPlus ?? false, this.#options.now);
    this.#buckets.set(store.domain, known);
    return known;
  }

  /** @param store of the host that was asked; undefined when there is none */
  async answer(request: Request, response: Response, store: Store | undefined): Promise<unknown> {
    const version = request.params["version"] ?? "";
    if (this.faults.delayMs > 0) await sleep(this.faults.delayMs);
    if (this.faults.failNext > 0) {
      this.faults.failNext -= 1;
      return response.status(this.faults.failStatus).send("<html>Unavailable</html>");
    }
    const refuse = (status: number, errors: string) => response.status(status).json({ errors });
    const isUnstable = version === "unstable";
    if (!store || (version !== this.#options.apiVersion && !isUnstable)) return refuse(404, "Not Found");
    switch (this.#options.tokens.state(store.domain, request.get("x-shopify-access-token") ?? "")) {
      case "revoked":
        return refuse(403, "[API] This action requires the app to be installed");
      case "expired":
      case "unknown":
        return refuse(401, "[API] Invalid API key or access token (unrecognized login or wrong password)");
      case "valid":
    }
    const body = request.body as GraphqlBody;
    if (typeof body.query !== "string") return refuse(400, "Bad Request");
    response.set({ "x-shopify-api-version": version, "x-request-id": crypto.randomUUID() });
    return response.json(
      await this.#run(SCHEMAS[isUnstable ? "unstable" : "stable"], body.query, body, store),
    );
  }

  async #run(schema: GraphQLSchema, query: string, body: GraphqlBody, store: Store): Promise<unknown> {
    let document: DocumentNode;
    try {
      document = parse(query);
    } catch (error) {
      return { errors: [error instanceof GraphQLError ? error.toJSON() : { message: String(error) }] };
    }
    const problems = validate(schema, document, RULES);
    if (problems.length > 0) return { errors: problems };
    const operation = getOperationAST(document, body.operationName);
    if (!operation) return { errors: [{ message: "An operation name is required" }] };

    const variables = body.variables ?? {};
    const requested = requestedCost(schema, document, operation, variables);
    if (requested > MAX_QUERY_COST) {
      const message = `Query cost is ${requested}, which exceeds the single query max cost limit (${MAX_QUERY_COST}).`;
      const extensions = { code: "MAX_COST_EXCEEDED", cost: requested, maxCost: MAX_QUERY_COST };
      return { errors: [{ message, extensions }] };
    }
    const bucket = this.bucket(store);
    const costOf = (actual: number | null) => ({
      requestedQueryCost: requested,
      actualQueryCost: actual,
      throttleStatus: bucket.status(),
    });
    const forced = this.faults.throttleNext > 0;
    if (forced) this.faults.throttleNext -= 1;
    if (forced || !bucket.take(requested)) {
      const errors = [{ message: "Throttled", extensions: { code: "THROTTLED" } }];
      return { errors, extensions: { cost: costOf(null) } };
    }
    for (const selection of operation.selectionSet.selections) {
      if (selection.kind !== "Field") continue;
      this.served[selection.name.value] = (this.served[selection.name.value] ?? 0) + 1;
    }
    const context: AdminContext = {
      store,
      pixelFile: this.#options.pixelFile(),
      now: this.#options.now,
      searchWarnings: [],
    };
    const result: ExecutionResult = await execute({
      schema,
      document,
      rootValue: adminRoot(context),
      contextValue: context,
      variableValues: variables,
      operationName: body.operationName ?? null,
      fieldResolver: resolveField,
    });
    const actual = actualCost(result.data, requested);
    bucket.giveBack(requested - actual);
    return {
      ...result,
      extensions: {
        cost: costOf(actual),
        ...(context.searchWarnings.length > 0 ? { search: context.searchWarnings } : {}),
      },
    };
  }
}

const stepOf = (node: ASTNode): string[] => {
  if (node.kind === Kind.FIELD) return [node.alias?.value ?? node.name.value];
  if (node.kind === Kind.OPERATION_DEFINITION)
    return [[node.operation, node.name?.value].filter(Boolean).join(" ")];
  if (node.kind === Kind.FRAGMENT_DEFINITION) return [`fragment ${node.name.value}`];
  return [];
};

const isNode = (item: ASTNode | readonly ASTNode[]): item is ASTNode => "kind" in item;

/** An unknown field, said as Shopify's server says it: message, path from the operation, code undefinedField. */
const knownFieldsRule: ValidationRule = (context) => ({
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
});

const RULES = [...specifiedRules.filter((rule) => rule !== FieldsOnCorrectTypeRule), knownFieldsRule];
