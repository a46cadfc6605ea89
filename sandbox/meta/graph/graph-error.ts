/** Error bodies in the shape recorded from Meta (meta.md section 6). */
export interface GraphError {
  /** HTTP status. Meta mostly answers 400, even when it throttles. */
  status: number;
  message: string;
  type: string;
  code: number;
  subcode?: number | undefined;
  isTransient: boolean;
  /** Localised; nothing may branch on it. */
  userTitle?: string;
  /** Localised; nothing may branch on it. */
  userMessage?: string;
  /** Seen in some recordings only, therefore set on some errors only. */
  blameFields?: string[][];
}

/** The body of an answer; what is undefined is left out of it. */
export const renderGraphError = (error: GraphError, traceId: string) => ({
  error: {
    message: error.message,
    type: error.type,
    code: error.code,
    error_data: error.blameFields && { blame_field_specs: error.blameFields },
    error_subcode: error.subcode,
    is_transient: error.isTransient,
    error_user_title: error.userTitle,
    error_user_msg: error.userMessage,
    fbtrace_id: traceId,
  },
});

type Extra = Partial<Omit<GraphError, "code" | "message">>;

/** An error as `OAuthException` on HTTP 400, which is what most recordings show; `extra` says what differs. */
export function graphError(code: number, message: string, extra: Extra = {}): GraphError {
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

/** What the call of an edge comes to. */
export type GraphResult = { ok: true; body: unknown } | { ok: false; error: GraphError };
export const refuse = (error: GraphError): GraphResult => ({ ok: false, error });

export function unknownAlias(alias: string): GraphError {
  return graphError(803, `(#803) Some of the aliases you requested do not exist: ${alias}`, { status: 404 });
}

export function unknownPath(path: string): GraphError {
  return graphError(2500, `Unknown path components: ${path}`);
}

export function missingPermission(): GraphError {
  return graphError(100, "(#100) Missing Permission");
}
