/** An error in the shape recorded from Meta (meta.md section 6). */
export interface GraphError {
  /** HTTP status. Meta mostly answers 400, even when it throttles. */
  status: number;
  message: string;
  type: string;
  code: number;
  subcode?: number | undefined;
  isTransient: boolean;
  /** Localised; nothing may branch on it. */
  userTitle?: string | undefined;
  /** Localised; nothing may branch on it. */
  userMessage?: string | undefined;
  /** Seen in some recordings only, therefore set on some errors only. */
  blameFields?: string[][] | undefined;
}

/** What the call of an edge comes to. */
export type GraphResult = GraphError | { body: object };

/** An error as `OAuthException` on HTTP 400, which is what most recordings show; `extra` says what differs. */
export function graphError(
  code: number,
  message: string,
  extra: Partial<Omit<GraphError, "code" | "message">> = {},
): GraphError {
  return { status: 400, message, type: "OAuthException", code, isTransient: false, ...extra };
}

/** 100/33: a dataset that does not exist and one that this token may not see look the same from outside. */
export function objectMissing(id: string, method: "get" | "post"): GraphError {
  return graphError(
    100,
    `Unsupported ${method} request. Object with ID '${id}' does not exist, cannot be loaded due to missing ` +
      "permissions, or does not support this operation",
    { type: "GraphMethodException", subcode: 33 },
  );
}

export const unknownPath = (path: string): GraphError => graphError(2500, `Unknown path components: ${path}`);

export const missingPermission = (): GraphError => graphError(100, "(#100) Missing Permission");
