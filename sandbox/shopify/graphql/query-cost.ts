import {
  getNamedType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/** A single query may cost this many points at most, whatever the bucket holds. */
export const MAX_QUERY_COST = 1000;
const MUTATION_COST = 10;
const CONNECTION_COST = 2;

type Variables = Readonly<Record<string, unknown>>;

/** Page size of a field; 1 where none is given. */
function sizeOf(field: FieldNode, variables: Variables): number {
  const size = field.arguments?.find(({ name }) => name.value === "first" || name.value === "last");
  const given = size && valueFromASTUntyped(size.value, variables);
  return typeof given === "number" ? given : 1;
}

/**
 * Points by Shopify's published rule: scalars 0, objects 1, connections 2 plus their page size times the cost of a node,
 * a mutation 10. (Shopify now charges large pages less than linearly, so this errs on the dear side.) The document is valid.
 */
export function requestedCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions) {
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  }

  /** `free`: the fields are a connection's own plumbing (nodes, edges, node, pageInfo), paid for by the connection. */
  function costOfSet(set: SelectionSetNode | undefined, type: GraphQLObjectType, free: boolean): number {
    const costs = (set?.selections ?? []).map((selection) => {
      if (selection.kind === Kind.FIELD) return costOfField(selection, type, free);
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      return costOfSet(fragment?.selectionSet, type, free);
    });
    return costs.reduce((sum, cost) => sum + cost, 0);
  }

  function costOfField(field: FieldNode, parent: GraphQLObjectType, free: boolean): number {
    const type = getNamedType(parent.getFields()[field.name.value]?.type);
    if (!isObjectType(type) || type.name === "PageInfo") return 0;
    const inner = (plumbing: boolean): number => costOfSet(field.selectionSet, type, plumbing);
    if (type.name.endsWith("Connection")) return CONNECTION_COST + sizeOf(field, variables) * inner(true);
    if (free && field.name.value === "edges") return inner(true);
    if (parent === schema.getMutationType()) return MUTATION_COST + inner(false);
    return sizeOf(field, variables) * (1 + inner(false));
  }

  const root = schema.getRootType(operation.operation);
  return root ? costOfSet(operation.selectionSet, root, false) : 0;
}

/** What an answer really cost: its objects, never more than was asked for. */
export function actualCost(data: unknown, requested: number): number {
  const count = (value: unknown): number => {
    if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + count(item), 0);
    if (typeof value !== "object" || value === null) return 0;
    return Object.values(value).reduce<number>((sum, item: unknown) => sum + count(item), 1);
  };
  return Math.min(requested, Math.max(0, count(data) - 1));
}

/** Points per second by plan; the bucket holds twenty seconds' worth. */
const BASIC_RATE = 100;
const PLUS_RATE = 1000;
const SECONDS_HELD = 20;

/** The leaky bucket of one app on one store. */
export class CostBucket {
  readonly #rate: number;
  readonly #now: () => number;
  #available: number;
  #at: number;

  constructor(isPlus: boolean, now: () => number) {
    this.#rate = isPlus ? PLUS_RATE : BASIC_RATE;
    this.#now = now;
    this.#available = this.#rate * SECONDS_HELD;
    this.#at = now();
  }

  status() {
    const now = this.#now();
    const gained = (Math.max(0, now - this.#at) / 1000) * this.#rate;
    this.#available = Math.min(this.#rate * SECONDS_HELD, this.#available + gained);
    this.#at = now;
    return {
      maximumAvailable: this.#rate * SECONDS_HELD,
      currentlyAvailable: Math.floor(this.#available),
      restoreRate: this.#rate,
    };
  }

  /** False when the bucket does not hold that much; nothing is taken then. */
  take(points: number): boolean {
    if (this.status().currentlyAvailable < points) return false;
    this.#available -= points;
    return true;
  }

  giveBack(points: number): void {
    this.#available += points;
  }

  empty(): void {
    this.status();
    this.#available = 0;
  }
}
