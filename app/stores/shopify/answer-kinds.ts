/**
 * What an answer of Shopify's Admin API can be relied on for. Its schema makes promises that the wire does not keep: a
 * field is null where protected customer data is not approved, and a proxy answers anything. So each field of an answer
 * may be null or missing, and one whose JSON is of another kind reads as missing. Reading never throws.
 */
import { z, type ZodType } from "zod";

import type { GeneratedMutationTypes, GeneratedQueryTypes } from "./types/admin.generated.d.ts";
import type { PageInfo } from "./types/admin.types.d.ts";

type Operations = GeneratedQueryTypes & GeneratedMutationTypes;

/** The text of one of the operations in `admin-operations.ts`. */
export type AdminDocument = keyof Operations;

/** As arguments after the document: none where the operation takes none. */
export type VariablesOf<D extends AdminDocument> =
  Record<string, never> extends Operations[D]["variables"]
    ? [variables?: Operations[D]["variables"]]
    : [variables: Operations[D]["variables"]];

/** What an operation's answer holds, as far as it was told: null = told to be nothing; undefined = not told. */
export type AnswerOf<D extends AdminDocument> = Kept<Operations[D]["return"]>;

/** An enum's value is any text: there may be newer ones than the schema here knows. */
type Kept<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T extends readonly (infer Entry)[]
        ? readonly Told<Entry>[]
        : { readonly [Field in keyof T]?: Told<T[Field]> };

type Told<T> = Kept<NonNullable<T>> | null | undefined;

/** The entries of a list that can be read. */
export function told<Entry>(entries: readonly Entry[] | null | undefined): readonly NonNullable<Entry>[] {
  return (entries ?? []).filter((entry) => entry !== null && entry !== undefined);
}

/** Where the next page of a list begins: null = this is the last one; undefined = it was not told. */
export function nextPage(info: Told<Pick<PageInfo, "hasNextPage" | "endCursor">>): string | null | undefined {
  if (info?.hasNextPage === false) return null;
  return (info?.hasNextPage && info.endCursor) || undefined;
}

/** One reader for every operation; that it reads what the generated types say, the compiler checks. */
export type AnswerReaders = {
  readonly [D in AdminDocument]: {
    safeParse(
      data: unknown,
    ): { readonly success: true; readonly data: AnswerOf<D> } | { readonly success: false };
  };
};

const maybe = <Value extends ZodType>(value: Value) => value.nullish().catch(undefined);

export const flag = maybe(z.boolean());
export const number = maybe(z.number());
/** Without NUL: PostgreSQL stores none, and one odd field must not fail what it stands in. */
export const text = maybe(z.string().overwrite((value) => value.replaceAll("\0", "")));
export const record = <Fields extends z.ZodRawShape>(fields: Fields) => maybe(z.object(fields));
/** An entry of another kind stays, as undefined: a part of a list must not pass for the whole. */
export const list = <Entry extends ZodType>(entry: Entry) => maybe(z.array(entry));
/** The whole answer: a record that must be there. */
export const answer = <Fields extends z.ZodRawShape>(fields: Fields) => z.object(fields);
