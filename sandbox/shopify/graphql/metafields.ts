import { createHash, randomInt } from "node:crypto";
import type { Metafield, Store } from "../store.ts";

export interface MetafieldInput {
  readonly ownerId: string;
  readonly namespace?: string | null;
  readonly key: string;
  readonly type?: string | null;
  readonly value: string;
  readonly compareDigest?: string | null;
}

interface MetafieldProblem {
  readonly code: string;
  readonly elementIndex: number;
  readonly field: string[];
  readonly message: string;
}

/** Metafields that one call may set. */
const MAX_AT_ONCE = 25;
const KNOWN_TYPES = new Set([
  "json",
  "single_line_text_field",
  "multi_line_text_field",
  "boolean",
  "number_integer",
  "url",
]);

const digestOf = (value: string): string => createHash("sha256").update(value).digest("hex");
const nameOf = (namespace: string, key: string): string => `${namespace}.${key}`;

export const installationGid = (store: Store): string =>
  `gid://shopify/AppInstallation/${store.installation?.id ?? "0"}`;

function viewMetafield(metafield: Metafield) {
  return {
    ...metafield,
    id: `gid://shopify/Metafield/${metafield.id}`,
    compareDigest: digestOf(metafield.value),
  };
}

function findProblem(store: Store, input: MetafieldInput, index: number): MetafieldProblem | undefined {
  const problem = (code: string, field: string, message: string): MetafieldProblem => ({
    code,
    elementIndex: index,
    field: ["metafields", String(index), field],
    message,
  });
  if (input.ownerId !== installationGid(store)) {
    return problem(
      "APP_NOT_AUTHORIZED",
      "ownerId",
      "The app may only write metafields of its own installation.",
    );
  }
  const namespace = input.namespace ?? "";
  if (namespace.length < 3)
    return problem("TOO_SHORT", "namespace", "Namespace is too short (minimum is 3 characters)");
  if (input.key.length < 2) return problem("TOO_SHORT", "key", "Key is too short (minimum is 2 characters)");
  if (input.key.length > 64) return problem("TOO_LONG", "key", "Key is too long (maximum is 64 characters)");
  const known = store.metafields.get(nameOf(namespace, input.key));
  const type = input.type ?? known?.type;
  if (type === undefined) return problem("BLANK", "type", "Type can't be blank");
  if (!KNOWN_TYPES.has(type)) return problem("INVALID_TYPE", "type", `Type ${type} is not a known type`);
  if (input.value === "") return problem("BLANK", "value", "Value can't be blank.");
  if (type === "json") {
    try {
      JSON.parse(input.value);
    } catch {
      return problem("INVALID_VALUE", "value", "Value is invalid JSON.");
    }
  }
  if (input.compareDigest !== undefined) {
    const current = known ? digestOf(known.value) : null;
    if (current !== input.compareDigest) {
      return problem("STALE_OBJECT", "compareDigest", "The resource has been updated since it was loaded.");
    }
  }
  return undefined;
}

/** `metafieldsSet`: all or nothing. */
export function setMetafields(store: Store, inputs: readonly MetafieldInput[]) {
  if (inputs.length > MAX_AT_ONCE) {
    return {
      metafields: null,
      userErrors: [
        {
          code: "LESS_THAN_OR_EQUAL_TO",
          elementIndex: null,
          field: ["metafields"],
          message: `Exceeded the maximum metafields input limit of ${MAX_AT_ONCE}.`,
        },
      ],
    };
  }
  const userErrors = inputs.flatMap((input, index) => findProblem(store, input, index) ?? []);
  if (userErrors.length > 0) return { metafields: null, userErrors };
  const metafields = inputs.map((input) => {
    const name = nameOf(input.namespace ?? "", input.key);
    const known = store.metafields.get(name);
    const metafield: Metafield = {
      id: known?.id ?? String(randomInt(2 ** 40)),
      namespace: input.namespace ?? "",
      key: input.key,
      type: input.type ?? known?.type ?? "json",
      value: input.value,
    };
    store.metafields.set(name, metafield);
    return viewMetafield(metafield);
  });
  return { metafields, userErrors: [] };
}
