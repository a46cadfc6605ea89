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

const digestOf = (value: string): string => createHash("sha256").update(value).digest("hex");
const knownAs = (store: Store, { namespace, key }: MetafieldInput): Metafield | undefined =>
  store.metafields.get(`${namespace ?? ""}.${key}`);

export const installationGid = (store: Store): string =>
  `gid://shopify/AppInstallation/${store.installation?.id ?? "0"}`;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function findProblem(store: Store, input: MetafieldInput, index: number) {
  const problem = (code: string, field: string, message: string) => ({
    code,
    elementIndex: index,
    field: ["metafields", String(index), field],
    message,
  });
  const known = knownAs(store, input);
  const type = input.type ?? known?.type;
  if (input.ownerId !== installationGid(store)) {
    return problem("APP_NOT_AUTHORIZED", "ownerId", "The app may only write its own installation's.");
  }
  if ((input.namespace ?? "").length < 3) return problem("TOO_SHORT", "namespace", "Namespace is too short");
  if (input.key.length < 2) return problem("TOO_SHORT", "key", "Key is too short");
  if (input.key.length > 64) return problem("TOO_LONG", "key", "Key is too long");
  if (type === undefined) return problem("BLANK", "type", "Type can't be blank");
  if (type !== "json")
    return problem("INVALID_TYPE", "type", "The sandbox keeps metafields of type json alone");
  if (input.value === "") return problem("BLANK", "value", "Value can't be blank.");
  if (!isJson(input.value)) return problem("INVALID_VALUE", "value", "Value is invalid JSON.");
  if (input.compareDigest !== undefined && input.compareDigest !== (known ? digestOf(known.value) : null)) {
    return problem("STALE_OBJECT", "compareDigest", "The resource has been updated since it was loaded.");
  }
  return undefined;
}

/** `metafieldsSet`: all or nothing. */
export function setMetafields(store: Store, inputs: readonly MetafieldInput[]) {
  const userErrors = inputs.flatMap((input, index) => findProblem(store, input, index) ?? []);
  if (userErrors.length > 0) return { metafields: null, userErrors };
  const metafields = inputs.map((input) => {
    const { key, value } = input;
    const id = knownAs(store, input)?.id ?? String(randomInt(2 ** 40));
    const metafield: Metafield = { id, namespace: input.namespace ?? "", key, type: "json", value };
    store.metafields.set(`${metafield.namespace}.${key}`, metafield);
    return { ...metafield, id: `gid://shopify/Metafield/${id}`, compareDigest: digestOf(value) };
  });
  return { metafields, userErrors: [] };
}
